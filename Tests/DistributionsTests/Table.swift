import Distributions
import Testing
import Torch
import _TestSupport

/// One row of the table that most tests of this target run over: how a distribution is made from
/// named parameters, whose values and twins `Goldens/distributions.py` recorded.
struct Case: Sendable, CustomTestStringConvertible {
  /// Named tensors of one case.
  typealias Inputs = [String: Tensor]

  let name: String
  let parameters: [String]
  let make: @Sendable (Inputs) -> any Distribution

  init(
    _ name: String, _ parameters: [String], _ make: @escaping @Sendable (Inputs) -> any Distribution
  ) {
    self.name = name
    self.parameters = parameters
    self.make = make
  }

  var testDescription: String { name }

  static func goldenFile() throws -> Safetensors { try goldens("distributions") }

  /// The recorded parameters in a type.
  func inputs(_ golden: Safetensors, dtype: DType = .float64) throws -> Inputs {
    var inputs: Inputs = [:]
    for parameter in parameters {
      inputs[parameter] = try #require(golden.tensors["\(name).parameters.\(parameter)"]).to(dtype)
    }
    return inputs
  }

  /// The distribution with the recorded parameters.
  func distribution(_ golden: Safetensors, dtype: DType = .float64) throws -> any Distribution {
    make(try inputs(golden, dtype: dtype))
  }

  /// Each parameter repeated along a new first dimension, so that gradients come one a draw.
  func expanded(_ golden: Safetensors, count: Int) throws -> Inputs {
    try inputs(golden).mapValues { $0.expanded([count] + $0.shape) }
  }

  /// Draws in statistical tests: fewer where a draw costs a rejection sampler and quadrature.
  var draws: Int { name.hasPrefix("sphere") || name == "circle" ? 3000 : 40000 }

  /// The inputs in the order of `parameters`.
  func ordered(_ inputs: Inputs) -> [Tensor] { parameters.map { inputs($0) } }

  /// The inverse of `ordered`.
  func named(_ tensors: [Tensor]) -> Inputs {
    Inputs(uniqueKeysWithValues: zip(parameters, tensors))
  }

  /// Whether the support does not move with the parameters, so that the score has mean zero.
  var hasScore: Bool { !name.hasPrefix("uniform") }

  static func named(_ name: String) throws -> Case {
    try #require(all.first { $0.name == name }, "no case \(name)")
  }
}

extension Dictionary where Key == String, Value == Tensor {
  /// A parameter that the case names.
  func callAsFunction(_ name: String) -> Tensor {
    self[name] ?? Tensor([Double](), dtype: .float64)
  }
}
