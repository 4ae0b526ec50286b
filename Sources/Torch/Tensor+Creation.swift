import CTorch
import TorchRaw

extension Tensor {
  /// A tensor on the CPU with these elements in row-major order and their own type.
  ///
  /// Fails as operators do when `scalars.count` is not the product of `shape`.
  public init<Scalar: TensorScalar>(_ scalars: [Scalar], shape: [Int]) {
    self = scalars.withUnsafeBytes { Tensor(bytes: $0, shape: shape, dtype: Scalar.dtype) }
  }

  /// A vector with these elements, float32 for `Double` literals' sake; use `dtype:` for another.
  public init(_ scalars: [Double], dtype: DType = .float32) {
    self = Tensor(scalars, shape: [scalars.count]).to(dtype)
  }

  /// A vector of float32.
  public init(_ scalars: [Float]) {
    self.init(scalars, shape: [scalars.count])
  }

  /// A vector of int64.
  public init(_ scalars: [Int]) {
    self.init(scalars, shape: [scalars.count])
  }

  /// A matrix from its rows; fails as operators do for rows of unequal length.
  public init(_ rows: [[Double]], dtype: DType = .float32) {
    let width = rows.first?.count ?? 0
    self = Tensor(rows.flatMap { $0 }, shape: [rows.count, width]).to(dtype)
  }

  /// A scalar tensor.
  public init<Scalar: TensorScalar>(_ value: Scalar, dtype: DType = .float32) {
    self = Tensor([value], shape: []).to(dtype)
  }

  /// A copy of raw bytes in row-major order; fails as operators do when their number is wrong.
  public init(bytes: UnsafeRawBufferPointer, shape: [Int], dtype: DType) {
    var result: ct_tensor?
    var message: ct_error?
    let sizes = shape.map(Int64.init)
    let status = ct_tensor_from_bytes(
      bytes.baseAddress, bytes.count, sizes, sizes.count, dtype.rawValue, &result, &message)
    if status == CT_OK, let result {
      self.init(TensorHandle(owning: result))
    } else {
      TorchError(
        operation: "Tensor(bytes:shape:dtype:)", operands: ["\(shape) \(dtype)"],
        reason: takeMessage(message)
      ).raise()
      self.init(.undefined)
    }
  }

  /// Zeros. PyTorch: `torch.zeros`.
  public static func zeros(
    _ shape: [Int], dtype: DType = .float32, device: Device = .current
  ) -> Tensor {
    Tensor(call(.zeros, .ints(shape), dtype.argument, nil, device.argument))
  }

  /// Ones. PyTorch: `torch.ones`.
  public static func ones(
    _ shape: [Int], dtype: DType = .float32, device: Device = .current
  ) -> Tensor {
    Tensor(call(.ones, .ints(shape), dtype.argument, nil, device.argument))
  }

  /// One number everywhere. PyTorch: `torch.full`.
  public static func full<Scalar: TensorScalar>(
    _ shape: [Int], _ value: Scalar, dtype: DType = .float32, device: Device = .current
  ) -> Tensor {
    Tensor(
      call(
        .full, .ints(shape), value.scalarValue.argument, dtype.argument, nil, device.argument))
  }

  /// Zeros of the shape, type and device of `other`. PyTorch: `torch.zeros_like`.
  public static func zeros(like other: Tensor) -> Tensor {
    Tensor(call(.zerosLike, other.argument))
  }

  /// Ones of the shape, type and device of `other`. PyTorch: `torch.ones_like`.
  public static func ones(like other: Tensor) -> Tensor {
    Tensor(call(.onesLike, other.argument))
  }

  /// One number in the shape, type and device of `other`. PyTorch: `torch.full_like`.
  public static func full<Scalar: TensorScalar>(like other: Tensor, _ value: Scalar) -> Tensor {
    Tensor(call(.fullLike, other.argument, value.scalarValue.argument))
  }

  /// `start`, `start + step`, … below `end`. PyTorch: `torch.arange`.
  public static func arange<Scalar: TensorScalar>(
    _ start: Scalar, _ end: Scalar, step: Scalar, dtype: DType? = nil, device: Device = .current
  ) -> Tensor {
    Tensor(
      call(
        .arange, start.scalarValue.argument, end.scalarValue.argument, step.scalarValue.argument,
        (dtype ?? (Scalar.self == Int.self ? .int64 : .float32)).argument, nil, device.argument))
  }

  /// The integers 0 to `end` - 1, int64 unless `dtype` says otherwise. PyTorch: `torch.arange`.
  public static func arange(
    _ end: Int, dtype: DType = .int64, device: Device = .current
  ) -> Tensor {
    arange(0, end, step: 1, dtype: dtype, device: device)
  }

  /// `count` numbers at equal distances from `start` to `end`, both included.
  /// PyTorch: `torch.linspace`.
  public static func linspace(
    _ start: Double, _ end: Double, count: Int, dtype: DType = .float32,
    device: Device = .current
  ) -> Tensor {
    Tensor(
      call(
        .linspace, .double(start), .double(end), .int(count), dtype.argument, nil,
        device.argument))
  }

  /// `count` numbers base^s for s at equal distances from `start` to `end`, both included.
  /// PyTorch: `torch.logspace`.
  public static func logspace(
    _ start: Double, _ end: Double, count: Int, base: Double = 10, dtype: DType = .float32,
    device: Device = .current
  ) -> Tensor {
    let ends: (Argument, Argument) = (.double(start), .double(end))
    return Tensor(
      call(
        .logspace, ends.0, ends.1, .int(count), .double(base), dtype.argument, nil,
        device.argument))
  }

  /// The `size` × `size` identity matrix. PyTorch: `torch.eye`.
  public static func eye(
    _ size: Int, dtype: DType = .float32, device: Device = .current
  ) -> Tensor {
    Tensor(call(.eye, .int(size), dtype.argument, nil, device.argument))
  }
}
