import LatentCore
import LatentLearning
import LatentModels
import Torch

/// The bound beside wake-sleep on MNIST: one network, the same batches, three sizes of the code.
///
/// **Source**: Kingma and Welling 2013, arXiv 1312.6114, section 5 and figure 2: 500 hidden units, batches of 100.
struct WakeSleepComparison {
  /// The words for `Reproduction.data`.
  static let data =
    "MNIST, binarised anew at each reading: 60,000 to train for 2000 steps of 100, all 10,000 test images; "
    + "784-500-k with k of 3, 10 and 20"
  private static let sizes = [3, 10, 20]

  /// The two claims on MNIST, in nats; throws what opening the set throws, and `OverBudget`.
  static func measure(_ trial: Trial) throws -> [String: Double] {
    let pictures = try trial.pictures("mnist", train: 60_000, test: 10_000)
    let held = Tensor.bernoulli(pictures.test, using: trial.generator(.test))
    func bound(_ objective: any Objective, _ size: Int) throws -> Double {
      let network = denseVAE(
        exampleShape: Array(held.shape.dropFirst()), hidden: [500], latent: size,
        using: trial.generator(.initialisation))
      let method = VariationalMethod(network, objective: objective)
      let steps = trial.size(2000, quick: 3)
      try trial.train(
        method, on: pictures.train, steps: steps, batchSize: 100,
        learningRate: .cosine(from: 1e-3, to: 1e-4, steps: steps))
      return withoutGradients {
        // Binarised once for all: zeros and ones are drawn as themselves.
        method.score(held, using: trial.generator(.validation)).mean().item()
      }
    }
    let bounds = try sizes.map { try bound(ELBO(), $0) }
    let others = try sizes.map { try bound(WakeSleep(), $0) }
    let steps = zip(bounds.dropFirst(), bounds).map { $0 - $1 }
    return [
      "mnist-wake-sleep": zip(bounds, others).map { $0 - $1 }.min() ?? .nan,
      "mnist-extra-latents": steps.min() ?? .nan,
    ]
  }
}
