import Datasets
import LatentCore
import LatentNN
import Parallel
import Torch

extension Trainer {
  /// Finds out which terms of the method are means over examples, by reading one batch whole and in the
  /// processes' rows, with the same noise.
  ///
  /// `twin` is another instance of the method, so that nothing of this one is touched. Returns the terms that
  /// somebody minimises and that are none, for all processes. Where held-out terms are none, held-out data
  /// are read by process 0 alone from here on.
  func termsThatAreNoMeans(_ twin: any Method) throws -> [String] {
    guard let shared else { return [] }
    twin.model.to(device)
    try twin.model.load(method.model.state)
    if state.step == 0 { try (twin as? any Prepares)?.prepare(data.train) }
    let count = min(options.batchSize, data.train.count)
    let batch = try data.train.batch(Array(0..<count))
    let share = shared.share(of: count)
    shared.share = share
    let rows = try data.train.batch(Array(share.rows)).to(device)
    func place(_ gather: ((Tensor) -> Tensor)?) -> Step {
      Step(
        index: state.step, epoch: 0, exampleCount: data.train.count,
        generator: Generator(seed: SeedPurpose.noise.seed(for: options.seed), device: device),
        gather: gather)
    }
    let start = twin.model.state
    let parts = withMode(.training, [twin.model]) {
      drawing(share) { withGradients { twin.terms(rows, place(shared.gather)) } }
    }
    let heldParts = evaluating(twin.model) {
      drawing(share) { withoutGradients { twin.heldOutTerms(rows, place(nil)) } }
    }
    try twin.model.load(start)
    let whole = withMode(.training, [twin.model]) {
      withGradients { twin.terms(batch.to(device), place(nil)) }
    }
    let heldWhole = evaluating(twin.model) {
      withoutGradients { twin.heldOutTerms(batch.to(device), place(nil)) }
    }
    let wrong = shared.differing(parts, whole, share)
    shared.splitsHeldOut = shared.differing(heldParts, heldWhole, share).isEmpty
    let minimised = Set(
      whole.list.filter { if case .minimised = $0.role { true } else { false } }.map(\.name))
    return wrong.filter(minimised.contains)
  }
}

extension SharedTraining {
  /// The terms whose parts do not add up to those of the whole, by more than rounding, in process 0's eyes.
  ///
  /// Recipes whose terms are means agree to some 1e-7 of a term's size.
  fileprivate func differing(_ parts: Terms, _ whole: Terms, _ share: RowShare) -> [String] {
    let values = whole.numbers
    let sums = group.sum(parts.numbers.map { $0.value * share.weight })
    let wrong = zip(values, sums).map { whole, sum in
      abs(whole.value - sum) > 2e-5 * max(abs(whole.value), 1) ? 1.0 : 0
    }
    let agreed = group.sum(wrong.map { group.leads ? $0 : 0 })
    return zip(values, agreed).filter { $0.1 > 0 }.map(\.0.name)
  }
}
