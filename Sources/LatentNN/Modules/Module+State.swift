public import Torch

/// What a load may leave undone.
public struct LoadTolerance: OptionSet, Sendable {
  /// The bits of the set.
  public let rawValue: Int

  /// The set with these bits.
  public init(rawValue: Int) { self.rawValue = rawValue }

  /// Parameters and buffers that the state lacks keep their values.
  public static let missing = LoadTolerance(rawValue: 1)
  /// Tensors that the model has no place for are passed over.
  public static let unexpected = LoadTolerance(rawValue: 2)
}

extension Module {
  /// A copy of every parameter and every saved buffer, by path.
  ///
  /// The tensors are the caller's: later training does not change them. PyTorch: `state_dict()`,
  /// whose tensors do change.
  public final var state: [String: Tensor] {
    var state: [String: Tensor] = [:]
    for (path, tensor) in places() { state[path] = tensor.detached().cloned() }
    return state
  }

  /// Overwrites parameters and buffers by the tensors of `state`, all or none.
  ///
  /// Shapes must agree; element types and devices are converted to the model's own.
  ///
  /// - Parameters:
  ///   - state: tensors by path, as `state` gives them.
  ///   - tolerance: what may differ; nothing by default.
  /// - Throws: one error with everything that is missing, unexpected, or of another shape; then
  ///   nothing has been loaded.
  public final func load(
    _ state: [String: Tensor], ignoring tolerance: LoadTolerance = []
  ) throws(StateMismatch) {
    let places = self.places()
    let known = Set(places.map(\.path))
    let missing = places.map(\.path).filter { state[$0] == nil }
    let unexpected = state.keys.filter { !known.contains($0) }.sorted()
    let mismatched = places.compactMap { path, tensor -> StateMismatch.Shapes? in
      guard let found = state[path], found.shape != tensor.shape else { return nil }
      return StateMismatch.Shapes(path: path, expected: tensor.shape, found: found.shape)
    }
    let error = StateMismatch(
      of: .model, missing: tolerance.contains(.missing) ? [] : missing,
      unexpected: tolerance.contains(.unexpected) ? [] : unexpected,
      mismatched: mismatched)
    guard error.isEmpty else { throw error }
    for (path, parameter) in parameters {
      if let tensor = state[path] { parameter.assign(tensor) }
    }
    for (path, buffer) in buffers where buffer.isSaved {
      if let tensor = state[path] { buffer.assign(tensor) }
    }
  }

  /// The tensors that a state holds, in the order of declaration.
  private final func places() -> [(path: String, tensor: Tensor)] {
    let structure = checkedStructure()
    return structure.parameters.map { ($0.path, $0.parameter.value) }
      + structure.buffers.filter(\.buffer.isSaved).map { ($0.path, $0.buffer.value) }
  }
}

extension Module {
  /// Moves parameters and buffers to `device`, in place. PyTorch: `module.to(device)`.
  @discardableResult
  public final func to(_ device: Device) -> Self {
    for (_, parameter) in parameters { parameter.replace(by: parameter.value.to(device)) }
    for (_, buffer) in buffers { buffer.value = buffer.value.to(device) }
    return self
  }

  /// Converts parameters and floating-point buffers to `dtype`, in place; integer buffers stay.
  ///
  /// PyTorch: `module.to(dtype)`.
  @discardableResult
  public final func to(_ dtype: DType) -> Self {
    require(
      dtype.isFloatingPoint, "\(type(of: self)).to",
      "the element type is \(dtype), expected a floating-point type")
    for (_, parameter) in parameters { parameter.replace(by: parameter.value.to(dtype)) }
    for (_, buffer) in buffers where buffer.value.dtype.isFloatingPoint {
      buffer.value = buffer.value.to(dtype)
    }
    return self
  }
}
