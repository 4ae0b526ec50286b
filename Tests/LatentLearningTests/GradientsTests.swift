import LatentLearning
import LatentNN
import Testing
import Torch
import _TestSupport

/// y = a x + b with a part that nothing uses.
private final class Line: Module {
  let slope = Parameter(Tensor(2.0, dtype: .float64))
  let offset = Parameter(Tensor([1.0, -1.0], dtype: .float64))
  let idle = Parameter(Tensor([5.0], dtype: .float64))
  func callAsFunction(_ x: Tensor) -> Tensor { slope.value * x + offset.value }
}

private func x() -> Tensor { Tensor([3.0, 4.0], dtype: .float64) }

private final class Recorded: Module {
  let weight = Parameter(Tensor.zeros([3, 4]))
  let bias = Parameter(Tensor.zeros([3]))
  let empty = Parameter(Tensor.zeros([0, 2]))
}

@Suite struct GradientsTests {
  @Test func valueAndGradientsOfALine() {
    let line = Line()
    let (loss, gradients) = valueAndGradient(of: line) { squared($0(x())).sum() }
    // y = (7, 7); Σ y² = 98; d/da = 2 Σ y x = 98; d/db = 2 y.
    #expect(loss.item() == 98)
    #expect(!loss.requiresGradient)
    #expect(gradients["slope"]?.item() == 98)
    expectClose(gradients[line.offset]!, Tensor([14.0, 14.0], dtype: .float64))
    #expect(gradients.unused == ["idle"])
    #expect(gradients[line.idle] == nil)
  }

  @Test func secondResultComesAlong() {
    let (loss, extra, gradients) = valueAndGradient(of: Line()) { line in
      let y = line(x())
      return (y.sum(), y.detached().max().item())
    }
    #expect(loss.item() == 14)
    #expect(extra == 7)
    #expect(gradients.entries.map(\.path) == ["slope", "offset"])
  }

  @Test func trainingModeOnlyInside() {
    let model = Sequential(BatchNorm(2), Linear(2, 1, using: Generator(seed: 1)))
    var seen: [Mode] = []
    let input = Tensor.randn([4, 2], using: Generator(seed: 2))
    _ = valueAndGradient(of: model) { model in
      seen.append(model.layers[0] is BatchNorm ? model.mode : .evaluation)
      return model(input).sum()
    }
    _ = valueAndGradient(of: model, mode: .evaluation) { model in
      seen.append(model.mode)
      return model(input).sum()
    }
    #expect(seen == [.training, .evaluation])
    #expect(model.mode == .evaluation)
  }

  @Test func frozenParametersHaveNoGradient() {
    let line = Line()
    line.freeze { $0 == "slope" }
    let (_, gradients) = valueAndGradient(of: line) { $0(x()).sum() }
    #expect(gradients.entries.map(\.path) == ["offset"])
  }

  @Test func nothingIsKeptAlive() {
    expectNoTensorLeaks {
      let line = Line()
      let optimizer = Optimizer(Adam(), for: line, learningRate: 0.1)
      for _ in 0..<3 {
        let (_, gradients) = valueAndGradient(of: line) { squared($0(x())).sum() }
        optimizer.update(with: gradients.clipped(toNorm: 1))
      }
    }
  }

  @Test func accumulationIsTheGradientOfTheSum() {
    let line = Line()
    func gradients(_ loss: (Tensor) -> Tensor) -> Gradients {
      valueAndGradient(of: line) { loss($0(x())) }.gradients
    }
    var sum = gradients { squared($0).sum() }
    sum += gradients { sin($0).sum() }
    let both = gradients { (squared($0) + sin($0)).sum() }
    for entry in both.entries { expectClose(sum[entry.path]!, entry.gradient) }
    expectClose(sum.scaled(by: 0.5)["slope"]!, both["slope"]! / 2)
  }

  @Test func sumKeepsWhatOneSideLacks() {
    let line = Line()
    let one = valueAndGradient(of: line) { $0.slope.value * 1 }.gradients
    let other = valueAndGradient(of: line) { ($0.idle.value + $0.slope.value).sum() }.gradients
    let sum = one + other
    #expect(sum["slope"]?.item() == 2)
    #expect(sum["idle"]?.item() == 1)
    #expect(sum.unused == ["offset"])
  }

  private func message(_ body: () throws -> Void) -> String {
    do {
      try withTorchErrors { try body() }
      return "no error"
    } catch {
      return "\(error)"
    }
  }

  @Test func unusableLossesAreRefused() {
    #expect(
      message { _ = valueAndGradient(of: Line()) { $0(x()) } }
        == "gradients: the loss is [2], expected one number")
    #expect(
      message { _ = valueAndGradient(of: Line()) { _ in Tensor(1.0) } }
        == "gradients: the loss depends on no trainable parameter of Line")
  }

  @Test func gradientOfAnotherShapeIsRefused() {
    let line = Line()
    #expect(
      message {
        _ = Gradients.Entry(path: "slope", parameter: line.slope, gradient: Tensor.ones([3]))
      } == "Gradients: the gradient of `slope` is [3], expected []")
  }

  @Test func unusableConstantsAreRefused() {
    #expect(
      message { _ = Gradients([]).clipped(toNorm: -1) }
        == "clipped(toNorm:): the limit is -1.0, expected at least 0")
    #expect(
      message { _ = SGD(nesterov: true) }
        == "SGD: momentum is 0.0 and dampening 0.0, expected some and none with nesterov")
    #expect(
      message { _ = Schedule.step(from: 1, every: 0, factor: 0.5) }
        == "Schedule.step: the period is 0, expected a positive number")
    #expect(
      message { _ = Schedule.cosineRestarts(from: 1, first: 0) }
        == "Schedule.cosineRestarts: first is 0 and growth 1, expected positive numbers")
  }
}

@Suite struct ClippingTests {
  private let model = Recorded()

  private func raw() throws -> Gradients {
    let tensors = try RecordedValues.group("clip/gradient")
    return Gradients(
      try model.parameters.map { path, parameter in
        Gradients.Entry(
          path: path, parameter: parameter, gradient: try #require(tensors[path]))
      })
  }

  static let norms: [(String, Double, Double)] = [
    ("norm2", 2, 1.5), ("norm2.loose", 2, 1e3), ("norm1", 1, 2), ("normInfinity", .infinity, 0.5),
  ]

  @Test(arguments: norms)
  func normEqualsPyTorch(_ name: String, _ order: Double, _ limit: Double) throws {
    let recorded = try RecordedValues.group("clip/\(name)")
    let gradients = try raw()
    let norm = try #require(recorded["norm"]).item()
    #expect(abs(gradients.norm(order) - norm) < 1e-5 * norm)
    let clipped = gradients.clipped(toNorm: limit, order)
    for entry in clipped.entries { expectClose(entry.gradient, recorded[entry.path]!, name) }
    #expect(clipped.norm(order) <= min(limit, norm) * (1 + 1e-6))
  }

  @Test func valueEqualsPyTorch() throws {
    let recorded = try RecordedValues.group("clip/value")
    for entry in try raw().clipped(toValue: 0.4).entries {
      expectClose(entry.gradient, recorded[entry.path]!)
    }
  }

  @Test func finiteness() throws {
    let gradients = try raw()
    #expect(gradients.isFinite)
    #expect(!gradients.scaled(by: .infinity).isFinite)
    #expect(!gradients.scaled(by: .nan).isFinite)
    // The square overflows float32, the numbers do not.
    #expect(gradients.scaled(by: 1e30).isFinite)
    #expect(Gradients([]).isFinite)
    #expect(Gradients([]).norm() == 0)
    #expect(Gradients([]).clipped(toNorm: 1).entries.isEmpty)
  }

  @Test func mixedElementTypes() throws {
    let gradients = try raw()
    let mixed = Gradients(
      gradients.entries.map {
        Gradients.Entry(
          path: $0.path, parameter: $0.parameter,
          gradient: $0.path == "bias" ? $0.gradient.to(.float64) : $0.gradient)
      })
    #expect(abs(mixed.norm() - gradients.norm()) < 1e-5)
    let clipped = mixed.clipped(toNorm: 0.1)
    #expect(clipped["bias"]?.dtype == .float64)
    #expect(abs(clipped.norm() - 0.1) < 1e-6)
  }
}
