extension Tensor: CustomStringConvertible {
  /// Shape, type, device and at most six values of each end, such as
  /// `Tensor [3] float32 cpu [1.0, 2.0, 3.0]`.
  public var description: String {
    guard isDefined else { return "Tensor undefined" }
    let head = "Tensor \(shape) \(dtype) \(device)"
    guard !dtype.isComplex else { return head }
    let flat = detached().flattened()
    let edge = 6
    guard count > 2 * edge else { return "\(head) \(flat.printable)" }
    let first = flat[0..<edge].printable.dropLast()
    let last = flat[(count - edge)..<count].printable.dropFirst()
    return "\(head) \(first), …, \(last)"
  }

  private var printable: String {
    switch dtype {
    case .bool: "\(scalars(as: Bool.self))"
    case .uint8, .int32, .int64: "\(scalars(as: Int.self))"
    case .float64: "\(scalars(as: Double.self))"
    default: "\(scalars(as: Float.self))"
    }
  }
}
