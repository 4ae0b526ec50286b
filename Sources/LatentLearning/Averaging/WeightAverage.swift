public import LatentNN
public import Torch
import TorchRaw

/// A running average of a model's parameters, which is often better than the last ones.
///
/// a ← d a + (1 − d) w at each `update()`, with a decay d that may depend on the number of updates; the first
/// update copies. **Source**: Polyak and Juditsky 1992; Izmailov et al. 2018, arXiv:1803.05407 (equal weights).
/// Buffers, such as running statistics, are not averaged. PyTorch: `optim.swa_utils.AveragedModel`.
public final class WeightAverage {
  /// d for each update, from update 0; the first is not used.
  public let decay: Schedule
  /// The number of updates.
  public private(set) var count = 0

  private let parameters: [(path: String, parameter: Parameter)]
  private var averages: [Tensor]

  /// An average of the parameters of `model`, which starts as a copy of them.
  public init(of model: Module, decay: Schedule = 0.999) {
    self.decay = decay
    parameters = model.parameters
    averages = parameters.map { $0.parameter.value.detached().cloned() }
  }

  /// Moves the average towards the current parameters; call it after each step.
  public func update() {
    withoutGradients {
      let values = parameters.map(\.parameter.value)
      if count == 0 {
        forEachInPlace(.foreachCopyInPlace, averages, .handles(values))
      } else {
        forEachInPlace(
          .foreachLerpScalarInPlace, averages, .handles(values), .double(1 - decay(count)))
      }
    }
    count += 1
  }

  /// Runs `body` with the average in the model's place, and puts the parameters back, also after an error.
  public func withAverage<Result>(_ body: () throws -> Result) rethrows -> Result {
    let values = parameters.map(\.parameter.value)
    let kept = values.map { $0.detached().cloned() }
    withoutGradients { forEachInPlace(.foreachCopyInPlace, values, .handles(averages)) }
    defer { withoutGradients { forEachInPlace(.foreachCopyInPlace, values, .handles(kept)) } }
    return try body()
  }

  /// The averages by path, as copies.
  public var state: [String: Tensor] {
    Dictionary(uniqueKeysWithValues: zip(parameters, averages).map { ($0.path, $1.cloned()) })
  }

  /// Goes on from `state` after `count` updates.
  ///
  /// - Throws: one error with everything that is missing, unexpected, or of another shape.
  public func load(_ state: [String: Tensor], count: Int) throws(StateMismatch) {
    let known = Set(parameters.map(\.path))
    let mismatched = parameters.compactMap { path, parameter -> StateMismatch.Shapes? in
      guard let found = state[path], found.shape != parameter.shape else { return nil }
      return StateMismatch.Shapes(path: path, expected: parameter.shape, found: found.shape)
    }
    let error = StateMismatch(
      of: .average, missing: parameters.map(\.path).filter { state[$0] == nil },
      unexpected: state.keys.filter { !known.contains($0) }.sorted(), mismatched: mismatched)
    guard error.isEmpty else { throw error }
    averages = parameters.map { path, parameter in
      let value = parameter.value
      return (state[path] ?? value).detached().to(value.device).to(value.dtype).copiedToRows()
    }
    self.count = count
  }
}

extension Schedule {
  /// d = n / (n + 1): the plain mean of all updates, for `WeightAverage`.
  public static var equalWeights: Schedule { Schedule { Double($0) / Double($0 + 1) } }
}
