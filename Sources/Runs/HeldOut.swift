public import Datasets
public import LatentCore
import LatentNN
import Parallel
public import Torch

/// The means of a method's held-out terms over a data set, the model in evaluation mode.
///
/// The noise comes from a generator of `seed` on `device`, where the model is, so that two readings of
/// one state agree to the bit. The rate has its own weight and no free bits, so that a bound is one;
/// schedules of the objective, such as a capacity, are at the step after `stepsDone` updates.
public func heldOutMeans(
  of method: any Method, on data: any Dataset, seed: UInt64, batchSize: Int = 512,
  device: Device = .current, stepsDone: Int = 0
) throws -> RunningMeans {
  try heldOutMeans(
    of: method, on: data, seed: seed, batchSize: batchSize, device: device, stepsDone: stepsDone,
    shared: nil)
}

/// As above, of several processes each with its rows if the terms are means over examples, otherwise by
/// process 0 alone; all have the same result.
func heldOutMeans(
  of method: any Method, on data: any Dataset, seed: UInt64, batchSize: Int = 512, device: Device,
  stepsDone: Int, shared: SharedTraining?
) throws -> RunningMeans {
  if let shared, !shared.splitsHeldOut, !shared.group.leads {
    return try shared.heldOutMeans(nil)
  }
  let splitting = shared.flatMap { $0.splitsHeldOut ? $0 : nil }
  let generator = Generator(seed: seed, device: device)
  let place = Step(
    index: stepsDone, epoch: 0, exampleCount: data.count, generator: generator)
  var means = RunningMeans()
  for start in stride(from: 0, to: data.count, by: batchSize) {
    let count = min(batchSize, data.count - start)
    let share = splitting?.share(of: count)
    let rows = share.map { start + $0.rows.lowerBound..<start + $0.rows.upperBound }
    let batch = try data.batch(Array(rows ?? start..<start + count))
    let numbers = withoutGradients {
      evaluating(method.model) {
        drawing(share) { method.heldOutTerms(batch.to(device), place).numbers }
      }
    }
    means.add(numbers, count: share.map { $0.weight == 0 ? 0 : $0.rows.count } ?? batch.count)
  }
  return try shared?.heldOutMeans(means) ?? means
}
