package import Torch

/// A rule whose step can be recorded: what changes from step to step comes to it in tensors.
package protocol RecordableRule: UpdateRule {
  /// Changes the parameters and slots of `batch` by one step whose numbers are `numbers`, not those of the batch.
  func update(_ batch: UpdateBatch, with numbers: UpdateNumbers)
}

/// What changes from step to step, each one number in the memory of the device.
package struct UpdateNumbers {
  /// The learning rate: float32, as LibTorch's kernels for graphics processors read it, and float64 on the CPU.
  package let rate: Tensor
  /// The number of the step, 1 at first, float32.
  package let step: Tensor
  /// 1 for a step that changes nothing, otherwise 0, float32.
  package let isSkipped: Tensor
}
