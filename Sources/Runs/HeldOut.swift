public import Datasets
public import LatentCore
import LatentNN
import Torch

/// The means of a method's held-out terms over a data set, the model in evaluation mode.
///
/// The noise comes from a generator of `seed`, so that two readings of one state agree to the bit.
public func heldOutMeans(
  of method: any Method, on data: any Dataset, seed: UInt64, batchSize: Int = 512
) throws -> RunningMeans {
  let generator = Generator(seed: seed)
  let place = Step(index: 0, epoch: 0, exampleCount: data.count, generator: generator)
  var means = RunningMeans()
  try data.forEachBatch(of: batchSize) { batch in
    let numbers = withoutGradients {
      evaluating(method.model) { method.heldOutTerms(batch, place).numbers }
    }
    means.add(numbers, count: batch.indices.count)
  }
  return means
}
