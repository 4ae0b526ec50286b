public import LatentCore

extension TrainingSettings {
  /// Where the parts of a training come from, by the name of the part: optimiser, schedule, limit of
  /// the gradient.
  public static func citations(of config: Config) -> [(part: String, citation: Citation)] {
    var found = rule(config[rule]).map { ("optimizer \(config[rule].rawValue)", $0) }
    if config[shape] == .cosine { found.append(("schedule cosine", cosine)) }
    if config[warmup] > 0 { found.append(("warm-up of the learning rate", linearWarmUp)) }
    if config[clip] > 0 { found.append(("clipping of the gradient's norm", clipping)) }
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
}
