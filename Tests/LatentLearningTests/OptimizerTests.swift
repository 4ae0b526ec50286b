import LatentLearning
import LatentNN
import Testing
import Torch
import _TestSupport

struct OptimizerCase: Sendable, CustomTestStringConvertible {
  let name: String
  let rule: any UpdateRule
  let rate: Schedule
  /// −1 where PyTorch was told to maximise.
  var sign = 1.0
  var testDescription: String { name }

  init(_ name: String, _ rule: any UpdateRule, _ rate: Schedule, sign: Double = 1) {
    self.name = name
    self.rule = rule
    self.rate = rate
    self.sign = sign
  }
}

@Suite struct OptimizerTests {
  static let cases = [
    OptimizerCase("sgd.plain", SGD(), 3e-3),
    OptimizerCase("sgd.decay", SGD(weightDecay: 0.1), 3e-3),
    OptimizerCase("sgd.momentum", SGD(momentum: 0.9), 2e-3),
    OptimizerCase("sgd.dampening", SGD(momentum: 0.9, dampening: 0.3, weightDecay: 0.05), 2e-3),
    OptimizerCase("sgd.nesterov", SGD(momentum: 0.8, nesterov: true, weightDecay: 0.01), 1e-3),
    OptimizerCase("sgd.maximize", SGD(momentum: 0.5), 1e-4, sign: -1),
    OptimizerCase("adam.plain", Adam(), 1e-2),
    OptimizerCase("adam.betas", Adam(beta1: 0.5, beta2: 0.9, epsilon: 1e-4), 2e-2),
    OptimizerCase("adam.decay", Adam(weightDecay: 0.1), 1e-2),
    OptimizerCase("adam.amsgrad", Adam(amsgrad: true), 3e-2),
    OptimizerCase("adam.maximize", Adam(), 1e-2, sign: -1),
    OptimizerCase("adamW.plain", AdamW(), 1e-2),
    OptimizerCase("adamW.decay", AdamW(beta1: 0.8, beta2: 0.95, weightDecay: 0.3), 2e-2),
    OptimizerCase("adamW.amsgrad", AdamW(amsgrad: true), 2e-2),
    OptimizerCase("rmsProp.plain", RMSProp(), 5e-3),
    OptimizerCase("rmsProp.centered", RMSProp(alpha: 0.9, centered: true), 5e-3),
    OptimizerCase("rmsProp.momentum", RMSProp(momentum: 0.8, weightDecay: 0.1), 2e-3),
    OptimizerCase(
      "rmsProp.centeredMomentum", RMSProp(epsilon: 1e-5, momentum: 0.5, centered: true), 2e-3),
    OptimizerCase("adamax.plain", Adamax(), 1e-2),
    OptimizerCase("adamax.decay", Adamax(beta1: 0.8, beta2: 0.9, weightDecay: 0.1), 2e-2),
    OptimizerCase("lion.plain", Lion(), 3e-3),
    OptimizerCase("lion.decay", Lion(beta1: 0.95, beta2: 0.98, weightDecay: 0.5), 5e-3),
    OptimizerCase("adam.scheduled", Adam(), .exponential(from: 0.02, factor: 0.9)),
    OptimizerCase("sgd.scheduled", SGD(momentum: 0.9), Schedule { 4e-3 / Double(1 + $0) }),
  ]

  @Test(arguments: cases, ["f32", "f64"])
  func equalsPyTorch(_ method: OptimizerCase, _ type: String) throws {
    try expectNoTensorLeaks {
      let recorded = "optimizer/\(method.name).\(type)"
      try expectPath(recorded, sign: method.sign) {
        Optimizer(method.rule, for: $0, learningRate: method.rate)
      }
    }
  }

  @Test(arguments: ["f32", "f64"]) func groupsEqualPyTorch(_ type: String) throws {
    try expectPath("optimizer/adamW.groups.\(type)") {
      Optimizer(
        AdamW(weightDecay: 0.2), for: $0, learningRate: 2e-2,
        except: [
          ParameterGroup(rule: AdamW(weightDecay: 0), rateFactor: 0.25) { $0 != "weight" }
        ])
    }
  }

  /// Feeds the recorded gradients and compares the parameters after every step.
  private func expectPath(
    _ recorded: String, sign: Double = 1, _ make: (Module) -> Optimizer
  ) throws {
    let problem = try Problem(try RecordedValues.group("\(recorded)/start"))
    let optimizer = make(problem)
    let gradients = try RecordedValues.group("\(recorded)/gradient")
    let values = try RecordedValues.group("\(recorded)/value")
    let steps = try #require(gradients["weight"]).size(0)
    #expect(steps >= 20)
    for step in 0..<steps {
      optimizer.update(with: problem.gradients(gradients.mapValues { $0[step] * sign }))
      for (path, parameter) in problem.parameters {
        let wanted = try #require(values[path])[step]
        expectClose(parameter.value, wanted, "\(recorded) step \(step) \(path)")
      }
    }
    #expect(optimizer.stepCount == steps)
  }

  @Test(arguments: cases) func goesOnFromItsStateBitForBit(_ method: OptimizerCase) throws {
    let recorded = "optimizer/\(method.name).f32"
    let start = try RecordedValues.group("\(recorded)/start")
    let gradients = try RecordedValues.group("\(recorded)/gradient")
    let whole = try Problem(start)
    let optimizer = Optimizer(method.rule, for: whole, learningRate: method.rate)
    func step(_ problem: Problem, _ optimizer: Optimizer, _ steps: Range<Int>) {
      for step in steps {
        optimizer.update(with: problem.gradients(gradients.mapValues { $0[step] }))
      }
    }
    step(whole, optimizer, 0..<7)
    let (weights, state) = (whole.state, optimizer.state)
    step(whole, optimizer, 7..<15)

    let resumed = try Problem(start)
    try resumed.load(weights)
    let second = Optimizer(method.rule, for: resumed, learningRate: method.rate)
    try second.load(state)
    #expect(second.stepCount == 7)
    step(resumed, second, 7..<15)
    for (path, tensor) in whole.state { #expect(resumed.state[path]?.isEqual(to: tensor) == true) }
  }

  @Test func parameterWithoutGradientStaysAndKeepsItsCount() throws {
    let start = try RecordedValues.group("optimizer/adam.plain.f32/start")
    let problem = try Problem(start)
    let optimizer = Optimizer(Adam(), for: problem, learningRate: 0.1)
    let ones = start.mapValues { Tensor.ones($0.shape) }
    optimizer.update(with: problem.gradients(["bias": ones["bias"]!]))
    #expect(problem.weight.value.isEqual(to: start["weight"]!))
    optimizer.update(with: problem.gradients(ones))
    #expect(
      optimizer.state.counts == [
        "steps": 2, "weight/steps": 1, "bias/steps": 2, "scale/steps": 1,
      ])
    // Adam's first step is the rate in the direction of the gradient, whatever its size.
    expectClose(problem.weight.value, start["weight"]! - 0.1)
    expectClose(problem.bias.value, start["bias"]! - 0.2)
  }

  /// A unit that is never active again: its mean decays by a tenth a step, to nothing and not to numbers that processors are slow with.
  @Test func meansOfUnusedWeightsEndAtZero() throws {
    let start = try RecordedValues.group("optimizer/adam.plain.f32/start")
    let problem = try Problem(start)
    let optimizer = Optimizer(Adam(), for: problem, learningRate: 1e-3)
    for step in 0..<1000 {
      let gradients = start.mapValues { Tensor.full($0.shape, step == 0 ? 1 : 0) }
      optimizer.update(with: problem.gradients(gradients))
    }
    let means = optimizer.state.tensors.filter { $0.key.hasSuffix("/mean") }
    #expect(!means.isEmpty)
    for (_, mean) in means { #expect(mean.isEqual(to: Tensor.zeros(mean.shape))) }
  }

  /// Many numbers, so that threads share tensors and cut them.
  @Test(arguments: [false, true]) func stepsOfManyNumbersAreThoseOfTheFormula(isDecoupled: Bool) {
    let shapes = [[3], [50_000], [1], [300, 411]]
    let values = shapes.indices.map { Tensor.randn(shapes[$0], using: Generator(seed: UInt64($0))) }
    let gradients = shapes.indices.map {
      Tensor.randn(shapes[$0], using: Generator(seed: UInt64(10 + $0)))
    }
    var expected = values.map { $0.to(.float64) }
    var means = expected.map { Tensor.zeros(like: $0) }
    var squares = means
    let (own, ownMeans) = (values.map { $0.cloned() }, values.map { Tensor.zeros(like: $0) })
    let ownSquares = values.map { Tensor.zeros(like: $0) }
    for number in 1...3 {
      let isDone = adamInPlace(
        own, gradients: gradients, means: ownMeans, squares: ownSquares,
        AdamStep(
          learningRate: 0.01, beta1: 0.9, beta2: 0.99, epsilon: 1e-8, weightDecay: 0.1,
          isDecoupled: isDecoupled, number: number))
      #expect(isDone)
      for index in shapes.indices {
        let w = expected[index]
        let g = gradients[index].to(.float64) + (isDecoupled ? 0 : 0.1) * w
        means[index] = 0.9 * means[index] + 0.1 * g
        squares[index] = 0.99 * squares[index] + 0.01 * g * g
        let mean = means[index] / (1 - exactPower(0.9, number))
        let root = sqrt(squares[index] / (1 - exactPower(0.99, number)))
        expected[index] = (isDecoupled ? 1 - 0.001 : 1) * w - 0.01 * mean / (root + 1e-8)
      }
    }
    for (a, e) in zip(own, expected) {
      expectClose(a.to(.float64), e, relative: 1e-5, absolute: 1e-6)
    }
    let other = [Tensor.zeros([2], dtype: .float64)]
    let step = AdamStep(
      learningRate: 0.01, beta1: 0.9, beta2: 0.99, epsilon: 1e-8, weightDecay: 0,
      isDecoupled: false, number: 1)
    #expect(!adamInPlace(other, gradients: other, means: other, squares: other, step))
  }

  private func exactPower(_ base: Double, _ count: Int) -> Double {
    (0..<count).reduce(1) { product, _ in product * base }
  }

  /// Fused kernels read memory in order; a gradient may be a view with other strides.
  @Test func transposedGradientsAreReadRight() throws {
    for rule in [Adam(), SGD(momentum: 0.5), Lion(), RMSProp()] as [any UpdateRule] {
      let (a, b) = (
        Sequential(Linear(3, 4, bias: false, using: Generator(seed: 1))),
        Sequential(Linear(3, 4, bias: false, using: Generator(seed: 1)))
      )
      let gradient = Tensor.randn([3, 4], using: Generator(seed: 2)).transposed()
      for (model, tensor) in [(a, gradient), (b, gradient.contiguous())] {
        let (path, parameter) = model.parameters[0]
        let entry = Gradients.Entry(path: path, parameter: parameter, gradient: tensor)
        Optimizer(rule, for: model, learningRate: 0.1).update(with: Gradients([entry]))
      }
      #expect(a.state["layers.0.weight"]!.isEqual(to: b.state["layers.0.weight"]!))
    }
  }

  @Test func emptyAndHalfParametersTakeSteps() throws {
    for rule in [Adam(), AdamW(), SGD(momentum: 0.5), Lion(), RMSProp(), Adamax()]
      as [any UpdateRule]
    {
      let empty = Sequential(Linear(0, 2, using: Generator(seed: 1)))
      let half = Sequential(Linear(2, 2, using: Generator(seed: 1)))
      half.to(.bfloat16)
      for (model, dtype) in [(empty, DType.float32), (half, .bfloat16)] {
        let optimizer = Optimizer(rule, for: model, learningRate: 0.125)
        let entries = model.parameters.map {
          Gradients.Entry(
            path: $0.path, parameter: $0.parameter,
            gradient: Tensor.ones($0.parameter.shape, dtype: dtype))
        }
        let before = model.state["layers.0.bias"]!
        optimizer.update(with: Gradients(entries))
        let after = model.state["layers.0.bias"]!
        #expect(after.dtype == dtype)
        #expect((after .< before).all().item() == 1, "\(rule)")
      }
    }
  }

  /// A rule written with plain arithmetic, as users write it.
  struct Signs: UpdateRule {
    let slots = ["count"]
    func update(_ batch: UpdateBatch) {
      batch.write(
        zip(batch.parameters, batch.gradients).map { $0 - batch.learningRate * sign($1) })
      batch.write(batch["count"].map { $0 + 1 }, to: "count")
    }
  }

  @Test func rulesCanBeWrittenWithPlainArithmetic() throws {
    let start = try RecordedValues.group("optimizer/adam.plain.f32/start")
    let problem = try Problem(start)
    let optimizer = Optimizer(Signs(), for: problem, learningRate: 0.5)
    optimizer.update(with: problem.gradients(start.mapValues { Tensor.full(like: $0, -3) }))
    expectClose(problem.weight.value, start["weight"]! + 0.5)
    #expect(optimizer.state.tensors["bias/count"]!.isEqual(to: Tensor.ones([3])))
  }

  @Test func stateThatDoesNotFitIsListedAndNotLoaded() throws {
    let problem = try Problem(try RecordedValues.group("optimizer/adam.plain.f32/start"))
    let optimizer = Optimizer(Adam(), for: problem, learningRate: 0.1)
    optimizer.update(
      with: problem.gradients(["weight": Tensor.ones([3, 4]), "bias": Tensor.ones([3])]))
    var state = optimizer.state
    state.tensors["weight/mean"] = Tensor.zeros([4, 3])
    state.tensors["bias/meanSquare"] = nil
    state.tensors["gain/mean"] = Tensor.zeros([1])
    let error = #expect(throws: StateMismatch.self) { try optimizer.load(state) }
    #expect(
      error?.description == """
        the state does not fit the optimiser
          missing: bias/meanSquare
          unexpected: gain/mean
          mismatched: weight/mean expects [3, 4], found [4, 3]
        Remedy: build the model with the configuration that the state was saved with.
        """)
    #expect(optimizer.state.tensors["bias/meanSquare"] != nil)
  }

  @Test func gradientOfAStrangerIsRefused() {
    let (a, b) = (
      Sequential(Linear(1, 1, using: Generator(seed: 1))),
      Sequential(Linear(1, 1, using: Generator(seed: 1)))
    )
    let (_, gradients) = valueAndGradient(of: a) { $0(Tensor.ones([1, 1])).sum() }
    let error = #expect(throws: TorchError.self) {
      try withTorchErrors {
        Optimizer(Adam(), for: b, learningRate: 0.1).update(with: gradients)
      }
    }
    #expect(
      error.map { "\($0)" } == """
        Optimizer.update: there is a gradient of `layers.0.weight`, which is no parameter of this \
        optimiser's model
        """)
  }
}
