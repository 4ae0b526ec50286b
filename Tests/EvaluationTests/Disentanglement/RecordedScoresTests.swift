import Testing
import Torch
import _TestSupport

@testable import Evaluation

/// Agreement with scikit-learn and SciPy: `Goldens/disentanglement.py` says how they were asked.
@Suite struct RecordedScoresTests {
  private let recorded: [String: Tensor]
  private let train: CodesAndFactors
  private let test: CodesAndFactors
  private let options = MetricOptions(resamples: 0)

  init() throws {
    recorded = try goldens("disentanglement", beside: #filePath.parentFile).tensors
    let codes = try #require(recorded["codes"])
    let factors = try #require(recorded["factors"])
    let all = try CodesAndFactors(codes: codes, factors: factors)
    train = all.selected(Tensor.arange(2000))
    test = all.selected(Tensor.arange(1000) + 2000)
  }

  private func recorded(_ name: String) throws -> [Double] {
    try #require(recorded[name]).scalars(as: Double.self)
  }

  private func expect(_ found: [Double], _ name: String, within tolerance: Double) throws {
    let expected = try recorded(name)
    #expect(found.count == expected.count)
    for (one, other) in zip(found, expected) {
      #expect(abs(one - other) <= tolerance, "\(name): \(one) against \(other)")
    }
  }

  private func value(_ metric: any FactorMetric) throws -> Double {
    try metric.estimate(train, options).value
  }

  @Test func binnedInformation() throws {
    let table = train.binnedTable(options)
    try expect(table.information.scalars(as: Double.self), "information", within: 1e-9)
    try expect([value(MutualInformationGap())], "mig", within: 1e-9)
    try expect([value(Modularity())], "modularity", within: 1e-9)
  }

  /// Every accuracy, from machines that both sides solve to the end.
  @Test func separatedPredictability() throws {
    let hits = SeparatedAttributePredictability.hits(train, test)
    try expect(hits.mean(dim: 0).scalars(as: Double.self), "accuracies", within: 2e-3)
    let weights = Tensor.ones([1000], dtype: .float64)
    try expect(
      [SeparatedAttributePredictability.score(hits, weights: weights)], "sap", within: 2e-3)
    try expect([value(CorrelationPredictability())], "sap-correlation", within: 1e-9)
  }

  /// Trees of the same algorithm; ties between splits fall otherwise.
  @Test func boostedTrees() throws {
    let trees = try TreeImportance(train, test)
    let accuracy = trees.informativeness.reduce(0, +) / 1000
    try expect([trees.disentanglement, trees.completeness, accuracy], "dci", within: 0.01)
  }

  @Test func boostedTreesOfARealFactor() throws {
    let target = try #require(recorded["real"])
    let factor = FactorColumn(name: "real", values: .real(target[..<2000].contiguous()))
    let trees = try BoostedTrees(train.codes, factor, predicting: test.codes)
    let truth = target[2000...]
    let errors = squared(truth - trees.predictions).sum() / squared(truth - truth.mean()).sum()
    try expect(trees.importances + [1 - errors.item()], "dci-real", within: 0.01)
  }

  @Test func linearClassifiers() throws {
    try expect([Explicitness.area(train, test).value], "explicitness", within: 1e-5)
    try expect([InfoE.score(train)], "infoe", within: 1e-3)
  }

  @Test func robustness() throws {
    try expect([value(InterventionalRobustness())], "irs", within: 1e-9)
  }

  /// The blur of equal numbers is random on both sides and far below the last digit compared.
  @Test(arguments: [(3, "near3"), (10, "near10")])
  func nearestNeighbours(neighbours: Int, name: String) throws {
    let table = train.neighbourInformation(neighbours: neighbours, seed: 1)
    try expect(table.scalars(as: Double.self), name, within: 1e-4)
  }

  @Test func scoresFromNeighbours() throws {
    try expect([value(NeighbourGap())], "mig-ksg", within: 1e-4)
    try expect([value(InfoM())], "infom", within: 1e-4)
    try expect([value(InfoC())], "infoc", within: 1e-4)
  }

  @Test func codesAlone() throws {
    let found = try TotalCorrelation().estimate(codes: train.codes, options)
    try expect([found.value], "total-correlation", within: 1e-9)
    #expect(found.unit == "nat")
  }

  @Test func ranking() throws {
    let turned = matmul(train.codes, try #require(recorded["turn"]))
    let runs = [train.codes, try #require(recorded["run1"]), turned]
    let rates = Array(repeating: Array(repeating: 1.0, count: 6), count: 3)
    let found = try UnsupervisedDisentanglementRanking().estimates(runs, rates: rates)
    try expect(found.map(\.value), "udr", within: 1e-6)
  }
}

extension String {
  /// The folder of a path as if it were a file, so that what lies beside it is found.
  fileprivate var parentFile: String {
    split(separator: "/").dropLast().reduce("") { "\($0)/\($1)" }
  }
}
