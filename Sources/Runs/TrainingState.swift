/// The numbers of a run in progress that no tensor holds, kept with each checkpoint.
///
/// Together with the model's, the optimiser's and the generators' tensors they are everything that
/// decides the rest of a run: a run that goes on from them ends with the same bits.
public struct TrainingState: Codable, Sendable, Equatable {
  /// Updates done.
  public var step = 0
  /// The smallest validation score so far and its step.
  public var best: Best?
  /// Validations since the best.
  public var validationsSinceBest = 0
  /// The epoch after which validation is next.
  public var nextValidation = 1
  /// Bytes of `events.jsonl` that belong to the steps done.
  public var eventLength = 0
  /// The course of the losses, by which a divergence is noticed.
  var losses = LossWatch()
  /// The sums of terms since the last line of events.
  public var running = RunningMeans()

  /// The best validation.
  public struct Best: Codable, Sendable, Equatable {
    /// The score; smaller is better.
    public var score: Double
    /// The step it was reached at.
    public var step: Int
  }

  /// Before the first step.
  public init() {}

  /// Whether all counters are such that a run can go on counting from them.
  var isPlausible: Bool {
    let reach = 0...(1 << 52)
    return [step, validationsSinceBest, nextValidation, eventLength, best?.step ?? 0]
      .allSatisfy(reach.contains)
  }
}

/// Means of named terms over batches, weighted by their size.
public struct RunningMeans: Codable, Sendable, Equatable {
  private struct Sum: Codable, Sendable, Equatable {
    var name: String
    var unit: String
    var total: Double
    /// The examples of batches that had no such term; nil for none.
    var missed: Double?
  }

  private var sums: [Sum] = []
  private var weight = 0.0

  /// No batch yet.
  public init() {}

  /// Whether no batch was added.
  public var isEmpty: Bool { weight == 0 }

  /// Adds a batch of `count` examples with these means of terms; a term's mean is over the batches that had it.
  public mutating func add(_ values: [(name: String, unit: String, value: Double)], count: Int) {
    if sums.map(\.name) == values.map(\.name) {
      for (index, entry) in values.enumerated() {
        sums[index].total += entry.value * Double(count)
      }
    } else {
      addOthers(values, count)
    }
    weight += Double(count)
  }

  /// Adds a batch whose terms are not those so far: the first one, or one where another part is trained.
  private mutating func addOthers(
    _ values: [(name: String, unit: String, value: Double)], _ count: Int
  ) {
    for index in sums.indices where !values.contains(where: { $0.name == sums[index].name }) {
      sums[index].missed = (sums[index].missed ?? 0) + Double(count)
    }
    for entry in values {
      let total = entry.value * Double(count)
      if let index = sums.firstIndex(where: { $0.name == entry.name }) {
        sums[index].total += total
      } else {
        let missed = weight > 0 ? weight : nil
        sums.append(Sum(name: entry.name, unit: entry.unit, total: total, missed: missed))
      }
    }
  }

  /// The sums that the means are made of, what each missed, and their weight last, to be added up over processes.
  package var totals: [Double] {
    get { sums.map(\.total) + sums.map { $0.missed ?? 0 } + [weight] }
    set {
      for index in sums.indices {
        sums[index].total = newValue[index]
        let missed = newValue[sums.count + index]
        sums[index].missed = missed > 0 ? missed : nil
      }
      weight = newValue[2 * sums.count]
    }
  }

  /// The means so far, in the order of the terms.
  public var means: [(name: String, unit: String, value: Double)] {
    sums.map { ($0.name, $0.unit, $0.total / (weight - ($0.missed ?? 0))) }
  }

  /// The means as an event's terms.
  public var quantities: [String: Event.Quantity] {
    var result: [String: Event.Quantity] = [:]
    for entry in means { result[entry.name] = .init(value: entry.value, unit: entry.unit) }
    return result
  }
}
