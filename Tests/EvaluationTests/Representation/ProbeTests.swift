import Evaluation
import Testing
import Torch
import _TestSupport

@Suite struct ProbeTests {
  @Test(arguments: [0.01, 1, 100]) func logisticRegressionEqualsRecorded(_ c: Double) throws {
    let data = try RecordedCodes()
    let scaling = Standardizer(fitting: try data.train.codes)
    func scaled(_ part: LabelledCodes) throws -> LabelledCodes {
      try LabelledCodes(codes: scaling(part.codes), labels: part.labels)
    }
    let model = LogisticRegression(fitting: try scaled(data.train), c: c)
    expectClose(
      model.weight, try data.tensor("logistic.\(c).weight"), relative: 1e-3, absolute: 1e-3)
    let accuracy = model.accuracy(on: try scaled(data.test))
    #expect(abs(accuracy - (try data.number("logistic.\(c).accuracy"))) < 1e-9)
  }

  @Test func theProbeChoosesAndScoresAsRecorded() throws {
    let data = try RecordedCodes()
    let probe = try LinearProbe(train: data.train, validation: data.validation)
    #expect(probe.c == (try data.number("probe.c")))
    #expect(abs(probe.accuracy(on: try data.test) - (try data.number("probe.accuracy"))) < 0.005)
    #expect(probe.validation.map(\.c) == LinearProbe.penalties)
  }

  @Test func ridgeEqualsRecorded() throws {
    let data = try RecordedCodes()
    let targets = try data.tensor("targets")
    let codes = try data.tensor("codes")
    let probe = try RidgeProbe(
      train: (codes[0..<300], targets[0..<300]), validation: (codes[300..<450], targets[300..<450]))
    #expect(probe.alpha == (try data.number("ridge.alpha")))
    let scores = probe.determination(codes: codes[450..<600], targets: targets[450..<600])
    expectClose(
      Tensor(scores, dtype: .float64), try data.tensor("ridge.r2"), relative: 1e-8)
  }

  @Test func fewLabelsRiseTowardsAllLabels() throws {
    let data = try RecordedCodes()
    let curve = try fewLabelCurve(
      train: data.train, test: data.test, sizes: [1, 5, 40], draws: 5, using: Generator(seed: 1))
    let scores = curve.points.map(\.accuracy)
    #expect(scores == scores.sorted())
    #expect(scores[0] > 0.3 && scores[2] > 0.9)
    #expect(curve.points[0].deviation > 0)
    let again = try fewLabelCurve(
      train: data.train, test: data.test, sizes: [1, 5, 40], draws: 5, using: Generator(seed: 1))
    #expect(again == curve)
  }

  /// Two classes on one axis: no step along the weight or the intercept is lower.
  @Test func theMinimumHasNoSlope() throws {
    let codes = Tensor([[-1.0], [0.2], [0.4], [2.0]], dtype: .float64)
    let data = try LabelledCodes(codes: codes, labels: Tensor([0, 1, 0, 1]))
    let model = LogisticRegression(fitting: data, c: 3)
    func loss(_ weight: Tensor, _ bias: Tensor) -> Double {
      let score = linear(codes, weight: weight, bias: bias)
      let scores = logSoftmax(concatenated([Tensor.zeros(like: score), score], dim: 1), dim: 1)
      let chosen = scores.gathered(data.labels.unsqueezed(dim: 1), dim: 1)
      return (squared(weight).sum() * 0.5 - 3 * chosen.sum()).item()
    }
    let best = loss(model.weight, model.intercept)
    for step in [-1e-3, 1e-3] {
      let direction = Tensor([[step]], dtype: .float64)
      #expect(loss(model.weight + direction, model.intercept) > best)
      #expect(loss(model.weight, model.intercept + direction.flattened()) > best)
    }
  }

  @Test func badLabelsAreRefused() {
    let codes = normal([6, 2], seed: 1)
    let broken = codes.setting(Double.nan, at: 3, 1)
    expectRefusal("a label for each row") {
      _ = try LabelledCodes(codes: codes, labels: Tensor([0, 1]))
    }
    expectRefusal("at least two classes") {
      _ = try LabelledCodes(codes: codes, labels: Tensor([1, 1, 1, 1, 1, 1]))
    }
    expectRefusal("whole numbers") {
      _ = try LabelledCodes(codes: codes, labels: Tensor([0, 1, 0.5, 1, 0, 1]))
    }
    expectRefusal("row 3, column 1") {
      _ = try LabelledCodes(codes: broken, labels: Tensor([0, 1, 0, 1, 0, 1]))
    }
    expectRefusal("smallest class") {
      let data = try LabelledCodes(codes: codes, labels: Tensor([0, 1, 0, 1, 0, 0]))
      _ = try fewLabelCurve(train: data, test: data, sizes: [3], using: Generator(seed: 1))
    }
  }

  /// A constant column carries nothing and breaks nothing.
  @Test func constantColumnsAreCarried() throws {
    let data = try RecordedCodes()
    func widened(_ part: LabelledCodes) throws -> LabelledCodes {
      let constant = Tensor.full([part.count, 1], 7.3, dtype: .float64)
      return try LabelledCodes(
        codes: concatenated([part.codes, constant], dim: 1), labels: part.labels)
    }
    let probe = try LinearProbe(
      train: widened(data.train), validation: widened(data.validation), penalties: [1, 10])
    let plain = try LinearProbe(
      train: data.train, validation: data.validation, penalties: [1, 10])
    #expect(probe.accuracy(on: try widened(data.test)) == plain.accuracy(on: try data.test))
  }

  @Test func partsAreStratifiedAndDisjoint() throws {
    let data = try RecordedCodes().all()
    let parts = data.stratified([0.6, 0.2, 0.2], using: Generator(seed: 3))
    #expect(parts.map(\.count).reduce(0, +) == data.count)
    for (part, share) in zip(parts, [0.6, 0.2, 0.2]) {
      for (found, all) in zip(part.classSizes, data.classSizes) {
        #expect(abs(Double(found) - share * Double(all)) <= 1)
      }
    }
    let rows = concatenated(parts.map(\.codes)).uniqueSlices(dim: 0).values
    #expect(rows.size(0) == data.codes.uniqueSlices(dim: 0).values.size(0))
  }
}
