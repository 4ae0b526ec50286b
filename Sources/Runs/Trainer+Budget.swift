import Datasets

extension Trainer {
  /// Epochs done, with the fraction of the present one.
  var epochsDone: Double {
    Double(order.epoch) + Double(order.position) / Double(order.count)
  }

  /// Seconds at work, in this process and before.
  var secondsInAll: Double { secondsBefore + clock.seconds }

  /// Seconds of these in which updates waited for their examples.
  var waitedInAll: Double { waitedBefore + reader.secondsWaited }

  /// Whether the budget is used up, or patience is.
  ///
  /// Both follow from the checkpoint alone, so that a run killed at its very end stays there.
  var isBudgetUsed: Bool {
    if let patience = options.patience, state.validationsSinceBest >= patience { return true }
    return switch options.budget {
    case .epochs(let count): order.epoch >= count
    case .steps(let count): state.step >= count
    case .minutes(let length): secondsInAll >= length * 60
    }
  }

  /// Updates in all, as far as is known.
  var totalSteps: Int {
    if case .minutes = options.budget {
      return Int(exactly: (Double(state.step) / max(fractionDone, 1e-9)).rounded()) ?? .max
    }
    return options.steps(examples: order.count) ?? .max
  }

  /// Epochs in all, nil for budgets in steps or minutes.
  var totalEpochs: Int? {
    if case .epochs(let count) = options.budget { count } else { nil }
  }

  /// The share of the budget used, 0 … 1.
  var fractionDone: Double {
    switch options.budget {
    case .epochs(let count): min(epochsDone / Double(max(count, 1)), 1)
    case .steps(let count): min(Double(state.step) / Double(max(count, 1)), 1)
    case .minutes(let length): min(secondsInAll / max(length * 60, 1e-9), 1)
    }
  }

  /// Seconds to the end of a budget in minutes, nil for others.
  var secondsLeft: Double? {
    if case .minutes(let length) = options.budget {
      max(length * 60 - secondsInAll, 0)
    } else {
      nil
    }
  }
}
