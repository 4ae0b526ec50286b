import CTorch
package import TorchRaw

/// A multi-dimensional array of numbers on a device, and a node of the gradient graph.
///
/// A value: no public operation changes a tensor in place, and `x += y` rebinds. Memory goes when
/// the last reference goes. Not `Sendable`, because LibTorch's modes belong to a thread, and not
/// `Equatable`, because elementwise `.==` and `isEqual(to:)` are two questions.
///
/// An operation that cannot be done (wrong shapes, types, devices) stops the process with one
/// sentence that names the operator and all shapes; inside `withTorchErrors` it is thrown instead.
/// PyTorch: `torch.Tensor`.
public struct Tensor {
  package let handle: TensorHandle

  package init(_ handle: TensorHandle) {
    self.handle = handle
  }

  /// The number of elements along each dimension; empty for a scalar.
  public var shape: [Int] { handle.shape }

  /// The number of dimensions.
  public var rank: Int { Int(ct_tensor_rank(handle.pointer)) }

  /// The number of elements. PyTorch: `numel()`.
  public var count: Int { Int(ct_tensor_count(handle.pointer)) }

  /// The number of elements along `dim`, which may count from the end (-1 is the last).
  ///
  /// Fails as operators do when there is no such dimension.
  public func size(_ dim: Int) -> Int {
    let rank = self.rank
    guard dim >= -rank, dim < rank else {
      TorchError(
        operation: "size", operands: [handle.summary],
        reason: "dimension \(dim) is out of range, expected \(-rank) to \(rank - 1)"
      ).raise()
      return 0
    }
    return Int(ct_tensor_size(handle.pointer, Int64(dim < 0 ? dim + rank : dim)))
  }

  /// The type of the elements.
  ///
  /// LibTorch types without a case here (int8, int16, …) cannot arise from this package's
  /// operations and stop with their name.
  public var dtype: DType {
    let code = ct_tensor_dtype(handle.pointer)
    if let dtype = DType(rawValue: code) { return dtype }
    TorchError(
      operation: "dtype", operands: [handle.summary], reason: "this element type is not supported"
    ).raise()
    return .float32
  }

  /// Where the elements are.
  public var device: Device {
    var kind: Int32 = 0
    var index: Int32 = 0
    ct_tensor_device(handle.pointer, &kind, &index)
    return Device(kind: Device.Kind(rawValue: kind) ?? .cpu, index: Swift.max(Int(index), 0))
  }

  /// Whether there is a tensor at all: false for the placeholder that a failed operation leaves
  /// inside `withTorchErrors`, and for the gradient of an input that was not used.
  public var isDefined: Bool { handle.isDefined }

  /// Whether the elements lie in memory in row-major order without gaps.
  public var isContiguous: Bool { ct_tensor_is_contiguous(handle.pointer) }

  /// The bytes that the elements take.
  public var byteCount: Int { Int(ct_tensor_byte_count(handle.pointer)) }
}

extension Tensor {
  /// The two sizes of a matrix; fails as operators do for another rank.
  public var shape2: (Int, Int) {
    let sizes = checkedShape(rank: 2)
    return (sizes[0], sizes[1])
  }

  /// The three sizes of a rank-3 tensor; fails as operators do for another rank.
  public var shape3: (Int, Int, Int) {
    let sizes = checkedShape(rank: 3)
    return (sizes[0], sizes[1], sizes[2])
  }

  /// The four sizes of a rank-4 tensor; fails as operators do for another rank.
  public var shape4: (Int, Int, Int, Int) {
    let sizes = checkedShape(rank: 4)
    return (sizes[0], sizes[1], sizes[2], sizes[3])
  }

  private func checkedShape(rank: Int) -> [Int] {
    let shape = self.shape
    if shape.count == rank { return shape }
    TorchError(
      operation: "shape\(rank)", operands: [handle.summary],
      reason: "expected \(rank) dimensions, found \(shape.count)"
    ).raise()
    return [Int](repeating: 0, count: rank)
  }
}

extension Tensor {
  /// The tensor as an operator's argument.
  package var argument: Argument { .tensor(handle) }

  /// Whether both are one tensor of LibTorch's, not only equal.
  package func isSame(as other: Tensor) -> Bool { handle.pointer == other.handle.pointer }
}

extension Optional where Wrapped == Tensor {
  package var argument: Argument { self.map { .tensor($0.handle) } ?? .none }
}
