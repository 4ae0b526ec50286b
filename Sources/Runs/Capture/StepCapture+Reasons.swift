import LatentCore
import LatentLearning
import Torch

extension StepCapture {
  /// What is known to stand against recording a trainer's steps before any was done, in words that follow «because»; nil for nothing.
  ///
  /// What only the steps themselves show (what a method reads, what a device refuses) is found by `update(_:_:in:)`.
  static func reasonAgainst(_ trainer: Trainer) -> String? {
    if trainer.captureHabit == .never || !trainer.options.replaysSteps {
      return "the run says replay=false"
    }
    if trainer.device.kind == .cpu, trainer.captureHabit != .always {
      return "a CPU does not wait for launches"
    }
    if !RecordedWork.isAvailable(on: trainer.device) {
      return "LibTorch records nothing on \(trainer.device)"
    }
    if trainer.shared != nil { return "several processes train together" }
    if trainer.options.accumulation > 1 { return "an update is made of several batches" }
    if trainer.method.players.count != 1 { return "the method has several players" }
    return trainer.optimizer.reasonAgainstRecording
  }
}
