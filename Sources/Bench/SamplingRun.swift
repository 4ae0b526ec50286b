import LatentCore
import LatentNN
import Torch

/// Our side of drawing examples: the recipe's method with the weights of a file.
final class SamplingRun {
  private let method: any Method
  private let sampler: any Samples
  private let noise = Generator(seed: 3)

  /// A run of `workload` from its first weights; throws what the recipe throws.
  init(_ workload: Workload) throws {
    method = try workload.makeMethod()
    guard let sampler = method as? any Samples else {
      preconditionFailure("workload \(workload.name) names a recipe that does not sample")
    }
    self.sampler = sampler
  }

  /// Paths of the parameters and then of the buffers.
  var names: (parameters: [String], buffers: [String]) {
    (method.model.parameters.map(\.path), method.model.buffers.map(\.path))
  }

  /// Writes the weights; throws `FileError`.
  func write(to path: String) throws { try Safetensors(method.model.state).write(to: path) }

  /// Reads the weights; throws `FileError` and `StateMismatch`.
  func load(_ path: String) throws { try method.model.load(Safetensors(path: path).tensors) }

  /// Draws `count` examples and tells the mean of their numbers, which waits for them.
  func mean(of count: Int) -> Double {
    withMode(.evaluation, [method.model]) {
      withoutGradients { sampler.sample(count, using: noise).mean().item() }
    }
  }
}
