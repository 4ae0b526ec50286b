import LatentNN
import Torch

/// Which tensors a model was made of at a moment, since a recording goes on with those.
struct ModelMemory {
  private let parameters: [(path: String, parameter: Parameter, tensor: Tensor)]
  private let buffers: [(path: String, buffer: Buffer, tensor: Tensor)]

  init(of model: Module) {
    parameters = model.parameters.map { ($0.path, $0.parameter, $0.parameter.value) }
    buffers = model.buffers.map { ($0.path, $0.buffer, $0.buffer.value) }
  }

  /// The path of a tensor that is another one now; nil if there is none.
  var change: String? {
    parameters.first { !$0.tensor.isSame(as: $0.parameter.value) }?.path
      ?? buffers.first { !$0.tensor.isSame(as: $0.buffer.value) }?.path
  }

  /// Puts the buffers back that were replaced.
  func restore() {
    for (_, buffer, tensor) in buffers where !tensor.isSame(as: buffer.value) {
      buffer.value = tensor
    }
  }
}
