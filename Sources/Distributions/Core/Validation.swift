import Torch

/// A parameter whose values a distribution cannot have.
public struct InvalidParameter: Error, CustomStringConvertible {
  /// The distribution's type, such as `Gamma`.
  public let distribution: String
  /// The parameter's name.
  public let parameter: String
  /// What its values must satisfy.
  public let expected: String
  /// The first value that does not.
  public let found: Double
  /// Where that is in row-major order.
  public let index: Int

  /// One sentence and the remedy.
  public var description: String {
    "\(distribution): \(parameter) at flat index \(index): expected \(expected), found \(found); "
      + "map unbounded values through exp, softplus or sigmoid, or pass logits"
  }
}

extension Distribution {
  /// Throws `InvalidParameter` for the first parameter whose values break its constraint.
  ///
  /// Initialisers check shapes and types, which costs nothing; values are checked here only,
  /// because reading them waits for the device. Training code calls this once, before its loop.
  /// PyTorch: `validate_args`.
  public func validate() throws {
    for parameter in parameters where parameter.value.count > 0 {
      let good = withoutGradients { parameter.constraint.contains(parameter.value.detached()) }
      let bad = (.!good).flattened().to(.int64)
      let first = bad.argMax().integerItem()
      guard bad[first].integerItem() == 1 else { continue }
      let width = parameter.value.count / max(good.count, 1)
      let found = parameter.value.detached().flattened()[first * width].item()
      throw InvalidParameter(
        distribution: "\(type(of: self))", parameter: parameter.name,
        expected: "\(parameter.constraint)", found: found, index: first * width)
    }
  }
}
