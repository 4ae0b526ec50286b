import LatentLearning
import LatentNN
import Testing
import Torch
import _TestSupport

/// What PyTorch computed: `Goldens/optimizers.py` says how.
enum RecordedValues {
  // Tensors are not Sendable; these are only read.
  nonisolated(unsafe) private static let file = Result {
    try goldens("optimizers", beside: #filePath).tensors
  }

  /// The tensors whose names start with `prefix` and a slash, without it.
  static func group(_ prefix: String) throws -> [String: Tensor] {
    var found: [String: Tensor] = [:]
    for (name, tensor) in try file.get() where name.hasPrefix(prefix + "/") {
      found[String(name.dropFirst(prefix.count + 1))] = tensor
    }
    return found
  }
}

/// The parameters of the recorded problem.
final class Problem: Module {
  let weight: Parameter
  let bias: Parameter
  let scale: Parameter

  init(_ start: [String: Tensor]) throws {
    weight = Parameter(try #require(start["weight"]))
    bias = Parameter(try #require(start["bias"]))
    scale = Parameter(try #require(start["scale"]))
  }

  /// Gradients from given tensors.
  func gradients(_ tensors: [String: Tensor]) -> Gradients {
    Gradients(
      parameters.compactMap { path, parameter in
        tensors[path].map { Gradients.Entry(path: path, parameter: parameter, gradient: $0) }
      })
  }
}
