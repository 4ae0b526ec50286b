import LatentLearning
import LatentNN
import Parallel
import Torch

/// Adds the gradients of one player up over the processes, in buckets that leave while others are computed.
///
/// Buckets follow the parameters backwards, as gradients become ready, and leave in that order in every
/// process, whatever the order in which they fill.
final class GradientExchange {
  private let group: any ProcessGroup
  private let parameters: [Parameter]
  private let isOwned: [Bool]
  private let buckets: [[Int]]
  /// The bucket of each parameter, nil for those of other players.
  private let bucket: [Int?]
  private var gradients: [Tensor?]
  private var missing: [Int] = []
  private var departed: [any TensorSum] = []

  /// An exchange of the gradients of `parameters`, the trainable ones in the order of the model.
  init(_ parameters: [(isOwned: Bool, parameter: Parameter)], in group: any ProcessGroup) {
    self.group = group
    self.parameters = parameters.map(\.parameter)
    isOwned = parameters.map(\.isOwned)
    let backwards = parameters.indices.reversed().filter { parameters[$0].isOwned }
    let plan = BucketPlan(
      backwards.map { index in
        let value = parameters[index].parameter.value
        return (index, value.byteCount, value.dtype)
      })
    buckets = plan.buckets
    var bucket = [Int?](repeating: nil, count: parameters.count)
    for (number, members) in plan.buckets.enumerated() {
      for index in members { bucket[index] = number }
    }
    self.bucket = bucket
    gradients = []
  }

  /// Starts anew.
  func begin() {
    gradients = [Tensor?](repeating: nil, count: parameters.count)
    missing = buckets.map(\.count)
    departed = []
  }

  /// Takes this process's gradient of a parameter, weighted with its part of the batch; sends its bucket
  /// if it is full.
  func add(_ index: Int, _ gradient: Tensor) {
    for sum in departed { sum.advance() }
    guard let number = bucket[index] else { return }
    gradients[index] = gradient
    missing[number] -= 1
    while departed.count < buckets.count, missing[departed.count] == 0 { send() }
  }

  /// Which parameters have a gradient here: 1, or 0.
  var used: [Double] { gradients.map { $0 == nil ? 0 : 1 } }

  /// Sends what is left, with zeros for the loss's parameters that it does not depend on.
  func sendRest() {
    while departed.count < buckets.count { send() }
  }

  /// The sums, by the place of the parameter; nil for those of other players.
  func finish() -> [Tensor?] {
    var sums = [Tensor?](repeating: nil, count: parameters.count)
    for (members, departed) in zip(buckets, departed) {
      let flat = departed.wait()
      var start = 0
      for index in members {
        let end = start + parameters[index].count
        sums[index] = flat[start..<end].reshaped(parameters[index].shape)
        start = end
      }
    }
    departed = []
    gradients = []
    return sums
  }

  /// Sends the next bucket.
  private func send() {
    let flat = withoutGradients {
      concatenated(
        buckets[departed.count].map { index in
          let gradient = gradients[index] ?? Tensor.zeros(like: parameters[index].value)
          return gradient.flattened()
        })
    }
    departed.append(group.beginSum(flat))
  }
}
