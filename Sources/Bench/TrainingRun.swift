import Datasets
public import LatentCore
import LatentLearning
import LatentNN
public import Runs
public import Torch

/// Our side of a workload's training: the recipe's method, one batch, Adam, step after step.
///
/// A step is what `Trainer` does with a batch: the method's terms, the gradients of what is minimised, the update, and what
/// follows it. Noise comes from a generator of seed 3.
public final class TrainingRun {
  private let method: any Method
  private let batch: Batch
  private let optimizer: Optimizer
  private let noise = Generator(seed: 3)
  private let precision: Precision
  private var index = 0
  private var untouched: Set<String> = []

  /// A run of `workload` with weights of `seed` and further settings; throws what the recipe throws.
  ///
  /// `batchSize` stands in for the workload's own, for tests.
  public init(
    _ workload: Workload, seed: UInt64 = 0, settings: JSONObject = [:],
    precision: Precision = .float32, batchSize: Int? = nil
  ) throws {
    method = try workload.makeMethod(seed: seed, settings)
    batch = workload.makeBatch(of: batchSize)
    optimizer = Optimizer(Adam(), for: method, learningRate: 1e-3)
    self.precision = precision
  }

  /// Paths of the parameters that steps so far have moved, and of all buffers, in the order of declaration.
  public var names: (parameters: [String], buffers: [String]) {
    (
      method.model.parameters.map(\.path).filter { !untouched.contains($0) },
      method.model.buffers.map(\.path)
    )
  }

  /// Writes the weights under their paths and the batch as `examples`; throws `FileError`.
  public func write(to path: String) throws {
    var tensors = method.model.state
    tensors["examples"] = batch.examples
    try Safetensors(tensors).write(to: path)
  }

  /// One update; returns what was minimised, before it.
  public func step() -> Double {
    let place = Step(
      index: index, epoch: 0, exampleCount: Workload.exampleCount, generator: noise)
    var value = 0.0
    for player in method.players {
      let (loss, gradients) = valueAndGradient(of: method.model) { _ in
        precision.scope(on: .cpu) { method.terms(batch, place) }.total(for: player.name)
          ?? Tensor(0)
      }
      optimizer.update(with: gradients)
      untouched = Set(gradients.unused)
      value += loss.item()
    }
    method.afterStep(place)
    index += 1
    return value
  }
}

extension TrainingRun {
  /// The times of single steps in milliseconds for about `seconds`, at least ten, after a tenth as many to warm up.
  public func times(seconds: Double) -> [Double] {
    measured(seconds: seconds) { _ = step() }
  }

  /// The work of a step after `count` others.
  public func work(_ meter: WorkMeter, after count: Int) -> Work {
    for _ in 0..<count { _ = step() }
    return meter.count { _ = step() }
  }
}

/// Times of single calls of `work` in milliseconds.
///
/// - Parameters:
///   - seconds: about how long to measure; ten calls at least.
///   - work: what is timed, after a third of `seconds` and three calls at least to warm up.
/// - Returns: one time a call.
func measured(seconds: Double, _ work: () -> Void) -> [Double] {
  func run(seconds: Double, atLeast count: Int) -> [Double] {
    let start = ContinuousClock.now
    var times: [Double] = []
    while times.count < count || (ContinuousClock.now - start) / .seconds(1) < seconds {
      let begin = ContinuousClock.now
      work()
      times.append((ContinuousClock.now - begin) / .milliseconds(1))
    }
    return times
  }
  _ = run(seconds: seconds / 3, atLeast: 3)
  return run(seconds: seconds, atLeast: 10)
}
