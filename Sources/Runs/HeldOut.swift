public import Datasets
public import LatentCore
import LatentNN
public import Torch

/// The means of a method's held-out terms over a data set, the model in evaluation mode.
///
/// The noise comes from a generator of `seed` on `device`, where the model is, so that two readings of
/// one state agree to the bit. The rate has its own weight and no free bits, so that a bound is one.
public func heldOutMeans(
  of method: any Method, on data: any Dataset, seed: UInt64, batchSize: Int = 512,
  device: Device = .current
) throws -> RunningMeans {
  let generator = Generator(seed: seed, device: device)
  let place = Step(index: 0, epoch: 0, exampleCount: data.count, generator: generator)
  var means = RunningMeans()
  try data.forEachBatch(of: batchSize) { batch in
    let numbers = withoutGradients {
      evaluating(method.model) { method.heldOutTerms(batch.to(device), place).numbers }
    }
    means.add(numbers, count: batch.indices.count)
  }
  return means
}
