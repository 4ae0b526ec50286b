package import LatentNN
package import Torch
import TorchRaw

/// An update of an optimiser that is recorded once: its rates and counts lie in tensors that are filled before each replay.
///
/// Counts of steps stay the optimiser's own, so that recorded and ordinary updates may follow each other in any order.
package final class RecordedUpdate {
  private let optimizer: Optimizer
  /// The memory of the rates and counts, made before anything is recorded, since what is made while recording is made anew by each replay.
  private let places: [Optimizer.BatchKey: (rate: Tensor, step: Tensor)]
  /// The entries of each batch that was recorded.
  private var batches: [(key: Optimizer.BatchKey, members: [Int])] = []

  /// Makes room for the numbers of the next update.
  package init(of optimizer: Optimizer) {
    self.optimizer = optimizer
    var places: [Optimizer.BatchKey: (rate: Tensor, step: Tensor)] = [:]
    for entry in optimizer.entries {
      let kind = Kind(entry.parameter.value)
      let key = Optimizer.BatchKey(group: entry.group, steps: entry.steps, kind: kind)
      guard places[key] == nil else { continue }
      let precision: DType = kind.device == .cpu ? .float64 : .float32
      places[key] = (
        Tensor.zeros([], dtype: precision, device: kind.device),
        Tensor.zeros([], dtype: .float32, device: kind.device)
      )
    }
    self.places = places
  }

  /// The update itself, to be called while recording; without effect where `isSkipped` is 1 in a replay.
  package func update(with gradients: Gradients, unless isSkipped: Tensor) {
    withoutGradients {
      for (key, members) in optimizer.batches(of: gradients) {
        guard let rule = optimizer.groups[key.group].rule as? any RecordableRule,
          let numbers = places[key], key.steps > 0
        else {
          // What a first step makes, such as a mean of gradients, would be made anew by each replay.
          require(
            false, "RecordedUpdate", "a parameter has taken no step with the present optimiser")
          continue
        }
        let slots = rule.slots.map { name in
          (name, members.map { optimizer.slot(name, of: $0.index) })
        }
        rule.update(
          UpdateBatch(
            parameters: members.map { optimizer.entries[$0.index].parameter.value },
            gradients: members.map { $0.gradient.contiguous() },
            slots: Dictionary(uniqueKeysWithValues: slots), learningRate: 0, step: key.steps + 1),
          with: UpdateNumbers(rate: numbers.rate, step: numbers.step, isSkipped: isSkipped))
        batches.append((key, members.map(\.index)))
      }
    }
  }

  /// Fills in the numbers of the next update; false if parameters that were recorded together have come to differ in their steps.
  package func prepare() -> Bool {
    withoutGradients {
      for (key, members) in batches {
        guard let numbers = places[key], let first = members.first else { return false }
        let steps = optimizer.entries[first].steps
        guard members.allSatisfy({ optimizer.entries[$0].steps == steps }) else { return false }
        let rate = optimizer.learningRate(optimizer.stepCount)
        fill(numbers.rate, with: rate * optimizer.groups[key.group].rateFactor)
        fill(numbers.step, with: Double(steps + 1))
      }
      return true
    }
  }

  private func fill(_ tensor: Tensor, with number: Double) {
    callInPlace(.fillInPlace, tensor.argument, .double(number))
  }

  /// Counts an update that was replayed and not skipped.
  package func count() {
    for (_, members) in batches {
      for index in members { optimizer.entries[index].steps += 1 }
    }
    optimizer.stepCount += 1
  }
}

extension Optimizer {
  /// Why updates cannot be recorded, in words that follow «because»; nil if they can.
  package var reasonAgainstRecording: String? {
    for entry in entries where !(rule(of: entry) is any RecordableRule) {
      return "the optimiser \(type(of: rule(of: entry))) takes its rate as a number"
    }
    return nil
  }
}
