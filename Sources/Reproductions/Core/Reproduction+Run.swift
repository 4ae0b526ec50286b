extension Reproduction {
  /// Measures seeds 1 … `count` one after the other.
  ///
  /// - Parameters:
  ///   - count: how many.
  ///   - isQuick: whether only the code path is wanted; the result then has no verdict.
  ///   - journal: where each seed's numbers are kept as soon as they are there; seeds that it holds already are
  ///     not measured again, so that more of them can be added later. Not used by a quick run.
  ///   - observe: told of each seed's numbers when they are there, and whether the journal held them.
  /// - Returns: the criteria beside what was measured, and the verdict.
  /// - Throws: what `measure` and the journal throw; what the journal holds is not lost then.
  public func run(
    seeds count: Int, isQuick: Bool = false, journal: SeedJournal? = nil,
    observe: (_ seed: UInt64, _ seedNumbers: SeedNumbers, _ isKept: Bool) -> Void = { _, _, _ in }
  ) throws -> ReproductionResult {
    let journal = isQuick ? nil : journal
    let names = Set(criteria.map(\.name))
    var kept = journal?.read() ?? [:]
    var seeds: [SeedNumbers] = []
    for seed in 1...UInt64(max(1, count)) {
      let isKept = kept[seed] != nil
      let found = try kept[seed] ?? measured(seed, isQuick: isQuick)
      precondition(
        names.isSuperset(of: found.values.keys),
        "\(paper) measured \(found.values.keys), which is no criterion")
      if !isKept {
        kept[seed] = found
        try journal?.write(kept)
      }
      seeds.append(found)
      observe(seed, found, isKept)
    }
    return ReproductionResult(self, seeds: seeds, isQuick: isQuick)
  }

  private func measured(_ seed: UInt64, isQuick: Bool) throws -> SeedNumbers {
    let start = processorSeconds()
    let values = try measure(Trial(seed: seed, isQuick: isQuick, minutes: minutesPerSeed))
    return SeedNumbers(values: values, minutes: (processorSeconds() - start) / 60)
  }
}
