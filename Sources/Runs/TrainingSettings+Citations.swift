public import LatentCore

extension TrainingSettings {
  /// Where the parts of a training come from, by the name of the part: optimiser, schedule, limit of
  /// the gradient, course of the rate, average of the weights.
  public static func citations(of config: Config) -> [(part: String, citation: Citation)] {
    var found = rule(config[rule]).map { ("optimizer \(config[rule].rawValue)", $0) }
    if config[shape] == .cosine { found.append(("schedule cosine", cosine)) }
    if config[shape] == .oneCycle { found.append(("schedule one-cycle", oneCycle)) }
    if config[warmup] > 0 { found.append(("warm-up of the learning rate", linearWarmUp)) }
    if config[clip] > 0 { found.append(("clipping of the gradient's norm", clipping)) }
    if config[annealing] != .none { found.append(("KL annealing", klAnnealing)) }
    if config[annealing] == .cyclical { found.append(("cycles of KL annealing", cycles)) }
    if config[freeBits] > 0 { found.append(("free bits", bits)) }
    if config[average] > 0 { found.append(("average of the weights", averaging)) }
    return found
  }

  private static func rule(_ rule: Rule) -> [Citation] {
    switch rule {
    case .adam, .adamax:
      [
        Citation(
          authors: "Kingma & Ba", title: "Adam: A Method for Stochastic Optimization", year: 2014,
          arXiv: "1412.6980", place: rule == .adam ? "algorithm 1" : "algorithm 2")
      ]
    case .adamw:
      [
        Citation(
          authors: "Loshchilov & Hutter", title: "Decoupled Weight Decay Regularization",
          year: 2017, arXiv: "1711.05101", place: "algorithm 2")
      ]
    case .sgd:
      [
        Citation(
          authors: "Robbins & Monro", title: "A Stochastic Approximation Method", year: 1951,
          doi: "10.1214/aoms/1177729586", venue: "Annals of Mathematical Statistics 22 (3)")
      ]
    case .rmsprop:
      [
        Citation(
          authors: "Tieleman & Hinton",
          title: "Divide the gradient by a running average of its recent magnitude", year: 2012,
          venue: "COURSERA: Neural Networks for Machine Learning", place: "lecture 6.5")
      ]
    case .lion:
      [
        Citation(
          authors: "Chen et al.", title: "Symbolic Discovery of Optimization Algorithms",
          year: 2023, arXiv: "2302.06675", place: "algorithm 2")
      ]
    case .ivon:
      [
        Citation(
          authors: "Shen et al.",
          title: "Variational Learning is Effective for Large Deep Networks", year: 2024,
          arXiv: "2402.17641", place: "algorithm 1")
      ]
    }
  }

  private static let cosine = Citation(
    authors: "Loshchilov & Hutter", title: "SGDR: Stochastic Gradient Descent with Warm Restarts",
    year: 2016, arXiv: "1608.03983", place: "eq. 5")
  private static let linearWarmUp = Citation(
    authors: "Goyal et al.", title: "Accurate, Large Minibatch SGD: Training ImageNet in 1 Hour",
    year: 2017, arXiv: "1706.02677", place: "section 2.2")
  private static let clipping = Citation(
    authors: "Pascanu, Mikolov & Bengio",
    title: "On the difficulty of training Recurrent Neural Networks", year: 2012,
    arXiv: "1211.5063", place: "section 3.2")
  private static let oneCycle = Citation(
    authors: "Smith & Topin",
    title: "Super-Convergence: Very Fast Training of Neural Networks Using Large Learning Rates",
    year: 2017, arXiv: "1708.07120")
  private static let klAnnealing = Citation(
    authors: "Bowman et al.", title: "Generating Sentences from a Continuous Space", year: 2015,
    arXiv: "1511.06349", place: "section 3.1")
  private static let cycles = Citation(
    authors: "Fu et al.",
    title: "Cyclical Annealing Schedule: A Simple Approach to Mitigating KL Vanishing", year: 2019,
    arXiv: "1903.10145", place: "eq. 6")
  private static let bits = Citation(
    authors: "Kingma et al.",
    title: "Improving Variational Inference with Inverse Autoregressive Flow", year: 2016,
    arXiv: "1606.04934", place: "eq. 15")
  private static let averaging = Citation(
    authors: "Polyak & Juditsky",
    title: "Acceleration of Stochastic Approximation by Averaging", year: 1992,
    doi: "10.1137/0330046", venue: "SIAM Journal on Control and Optimization 30 (4)")
}
