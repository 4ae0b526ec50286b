/// Which numbers of a step that change from step to step a method has read.
package final class StepReads {
  /// A number of `Step`.
  package enum Number: Hashable, Sendable {
    case index, epoch, rateWeight
  }

  /// Those that were read.
  package private(set) var numbers: Set<Number> = []

  /// Nothing read yet.
  package init() {}

  fileprivate func note(_ number: Number) { numbers.insert(number) }
}

extension StepReads? {
  /// `value`, and a note that it was read.
  func told<Value>(_ number: StepReads.Number, _ value: Value) -> Value {
    self?.note(number)
    return value
  }
}
