import LatentCore

/// Something to try: words, and the settings that say it to `latent train`.
public struct Remedy: Sendable, Equatable {
  /// What to try, in one sentence.
  public let words: String
  /// The same for `--set`, such as `beta=1`; empty for what no setting says.
  public let settings: [String]

  /// A remedy.
  public init(_ words: String, _ settings: String...) {
    self.words = words
    self.settings = settings
  }

  fileprivate init(_ words: String, settings: [String]) {
    self.words = words
    self.settings = settings
  }
}

extension Patient {
  /// The first remedy whose settings the recipe has, accepts and does not have already; without one,
  /// `words` alone.
  ///
  /// Settings of the chosen one that the run has already are left out. Settings of the rate's schedule count for
  /// objectives alone that follow them.
  func remedy(_ remedies: [Remedy], otherwise words: String) -> Remedy {
    for remedy in remedies where remedy.settings.allSatisfy(isAccepted) {
      let news = remedy.settings.filter(isNew)
      if !news.isEmpty { return Remedy(remedy.words, settings: news) }
    }
    return Remedy(words)
  }

  private func isAccepted(_ setting: String) -> Bool {
    let rule: RateSettings =
      setting.hasPrefix("free-bits=")
      ? .freeBits : setting.hasPrefix("kl-annealing=") ? .annealing : []
    guard obeyed.isSuperset(of: rule) else { return false }
    var changed = config
    return (try? changed.set(setting)) != nil
  }

  private func isNew(_ setting: String) -> Bool {
    var changed = config
    return (try? changed.set(setting)) != nil && changed != config
  }
}

extension Remedy {
  /// What makes codes say more, for a posterior or a decoder that leaves them unused.
  static func moreInformation(_ patient: Patient) -> [Remedy] {
    var remedies: [Remedy] = []
    if let beta = patient.number("beta"), beta > 1 {
      remedies.append(Remedy("Lower the weight of the rate, \(beta) now.", "beta=1"))
    }
    if patient.word("decoder") == "pixelcnn" {
      let words = "Take a decoder that cannot do without the code."
      remedies += [Remedy(words, "decoder=independent"), Remedy(words, "decoder=conv")]
    }
    if let capacity = patient.number("capacity"), capacity < 5 {
      remedies.append(Remedy("Aim at more nats, \(capacity) now.", "capacity=25"))
    }
    return remedies + [
      Remedy(
        "Let each dimension spend some nats freely and raise the rate's weight slowly; with an "
          + "autoregressive decoder, give it less to see.",
        "free-bits=0.1", "kl-annealing=linear"),
      Remedy("Raise the rate's weight slowly.", "kl-annealing=linear"),
    ]
  }

  /// What brings the codes of data and the prior's draws together.
  static func matchedPrior(_ patient: Patient) -> [Remedy] {
    var remedies: [Remedy] = []
    if let beta = patient.number("beta"), beta < 1 {
      remedies.append(Remedy("Weigh the rate more, \(beta) now.", "beta=1"))
    }
    if let count = patient.number("prior-components"), count < 20,
      ["mixture", "vamp"].contains(patient.word("prior"))
    {
      remedies.append(
        Remedy("Give the prior more components, \(Int(count)) now.", "prior-components=50"))
    }
    if let lambda = patient.number("lambda") {
      let more = Swift.max(10, 10 * lambda)
      remedies.append(
        Remedy("Weigh the distance to the prior more, \(lambda) now.", "lambda=\(more)"))
    }
    remedies.append(Remedy("Learn the prior.", "prior=mixture"))
    if let size = patient.number("latent"), size > 3 {
      remedies.append(Remedy("Use fewer dimensions.", "latent=\(Int(size) / 2)"))
    }
    return remedies
  }

  /// What keeps a model from learning its examples by heart.
  static let lessMemory = [
    Remedy(
      "Stop earlier, decay the weights, use a smaller network or more data.", "patience=5",
      "weight-decay=0.01")
  ]
}
