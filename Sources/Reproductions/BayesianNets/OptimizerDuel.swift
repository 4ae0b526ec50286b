import Datasets
import Evaluation
import LatentCore
import LatentLearning
import LatentNN
import Torch

/// One network trained by AdamW and by IVON on the same batches.
struct OptimizerDuel {
  /// Inputs and classes, `[n, …]` and `[n]` or `[n, L]`; −100 is no class.
  typealias Data = (inputs: Tensor, classes: Tensor)

  let train: Data
  let test: Data
  /// A network from inputs to logits, a row a class of `classes`.
  let network: (Generator) -> any Module & UnaryLayer
  let steps: Int
  let batchSize: Int
  /// IVON's rate and h₀, AdamW's rate.
  let rates: (ivon: Double, hessian: Double, adamW: Double)

  /// Accuracy, negative log-likelihood and calibration error of predicted classes.
  struct Scores {
    let accuracy: Double
    let nll: Double
    let ece: Double
  }

  func ivon() -> IVON {
    IVON(
      effectiveSampleSize: Double(train.inputs.size(0)), initialHessian: rates.hessian,
      beta2: 0.9999, weightDecay: 1e-4)
  }

  /// The scores of AdamW, of the last weights.
  func adamW(_ trial: Trial, using generator: Generator) throws -> Scores {
    let model = network(generator)
    let optimizer = Optimizer(
      AdamW(), for: model, learningRate: .cosine(from: rates.adamW, to: 0, steps: steps))
    try run(model, optimizer, steps: steps, trial)
    return try scores(withoutGradients { softmax(model(test.inputs)) })
  }

  /// The scores of IVON, of the probabilities averaged over draws from its posterior.
  func ivon(_ trial: Trial, draws: Int, using generator: Generator) throws -> Scores {
    let model = network(generator)
    let optimizer = Optimizer(
      ivon(), for: model, learningRate: .cosine(from: rates.ivon, to: 0, steps: steps))
    try run(model, optimizer, steps: steps, trial)
    guard let posterior = optimizer.posterior else { return try adamW(trial, using: generator) }
    return try scores(
      posterior.average(draws, in: model, using: trial.generator(.test)) {
        softmax(model(test.inputs))
      })
  }

  /// Processor time of a step of IVON ÷ that of AdamW, in turns of ten, the first of each for warming up.
  func timeRatio(_ trial: Trial) throws -> Double {
    let models = [0, 1].map { _ in network(trial.generator(.initialisation)) }
    let optimizers = [
      Optimizer(ivon(), for: models[0], learningRate: 1e-3),
      Optimizer(AdamW(), for: models[1], learningRate: 1e-3),
    ]
    var seconds = [0.0, 0.0]
    for round in 0..<trial.size(12, quick: 2) {
      for index in 0...1 {
        let start = processorSeconds()
        try run(models[index], optimizers[index], steps: trial.size(10, quick: 1), trial)
        if round > 0 { seconds[index] += processorSeconds() - start }
      }
    }
    return seconds[0] / seconds[1]
  }

  private func run(
    _ model: any Module & UnaryLayer, _ optimizer: Optimizer, steps: Int, _ trial: Trial
  ) throws {
    let (order, noise) = (trial.generator(.order), trial.generator(.weights))
    let count = train.inputs.size(0)
    for _ in 0..<steps {
      try trial.checkBudget()
      let rows = Tensor.randint(0..<count, [min(batchSize, count)], using: order)
      let inputs = train.inputs.selected(rows, dim: 0)
      let classes = train.classes.selected(rows, dim: 0).flattened()
      let gradients = optimizer.gradientsAtDraws(using: noise) {
        valueAndGradient(of: model as Module) { _ in
          crossEntropy(logits: model(inputs), targets: classes)
        }.gradients
      }
      optimizer.update(with: gradients)
    }
  }

  private func scores(_ probabilities: Tensor) throws -> Scores {
    let classes = test.classes.flattened()
    let isClass = classes .>= 0
    let known = probabilities.to(.float64)[isClass]
    let data = try ClassPredictions(
      logProbabilities: log(known.clamped(min: 1e-12)), labels: classes[isClass])
    let options = MetricOptions(resamples: 0)
    func score(_ kind: PredictionScore.Kind) throws -> Double {
      try PredictionScore(kind).measure(data, options).value
    }
    return Scores(
      accuracy: try score(.accuracy), nll: try score(.negativeLogLikelihood),
      ece: try CalibrationError().measure(data, options).value)
  }
}
