public import Torch

extension KLTable {
  /// The closed forms of this package.
  public static let standard: KLTable = {
    var table = KLTable()
    table.add { (p: Normal, q: Normal) in p.klDivergence(to: q) }
    table.add { (p: Normal, q: StandardNormal) in p.klDivergence(to: q) }
    table.add { (p: StandardNormal, q: StandardNormal) in p.klDivergence(to: q) }
    table.add { (p: StandardNormal, q: Normal) in p.normal.klDivergence(to: q) }
    table.add { (p: Bernoulli, q: Bernoulli) in p.klDivergence(to: q) }
    table.add { (p: Categorical, q: Categorical) in p.klDivergence(to: q) }
    table.add { (p: Laplace, q: Laplace) in p.klDivergence(to: q) }
    table.add { (p: Gumbel, q: Gumbel) in p.klDivergence(to: q) }
    table.add { (p: Uniform, q: Uniform) in p.klDivergence(to: q) }
    table.add { (p: Gamma, q: Gamma) in p.klDivergence(to: q) }
    table.add { (p: Beta, q: Beta) in p.klDivergence(to: q) }
    table.add { (p: Dirichlet, q: Dirichlet) in p.klDivergence(to: q) }
    table.add { (p: Poisson, q: Poisson) in p.klDivergence(to: q) }
    table.add { (p: ContinuousBernoulli, q: ContinuousBernoulli) in p.klDivergence(to: q) }
    table.add { (p: MultivariateNormal, q: MultivariateNormal) in p.klDivergence(to: q) }
    table.add { (p: MultivariateNormal, q: DiagonalNormal) in p.klDivergence(to: q) }
    table.add { (p: MultivariateNormal, q: Independent<StandardNormal>) in p.klDivergence(to: q) }
    table.add { (p: DiagonalNormal, q: MultivariateNormal) in p.klDivergence(to: q) }
    table.add { (p: LowRankMultivariateNormal, q: LowRankMultivariateNormal) in
      p.klDivergence(to: q)
    }
    table.add { (p: LowRankMultivariateNormal, q: DiagonalNormal) in p.klDivergence(to: q) }
    table.add { (p: LowRankMultivariateNormal, q: Independent<StandardNormal>) in
      p.klDivergence(to: q)
    }
    table.add { (p: OneHotCategorical, q: OneHotCategorical) in p.klDivergence(to: q) }
    table.add { (p: VonMisesFisher, q: VonMisesFisher) in p.klDivergence(to: q) }
    table.add { (p: VonMisesFisher, q: HypersphericalUniform) in p.klDivergence(to: q) }
    return table
  }()
}

extension Independent {
  /// The sum of the components' divergences, for components whose closed form is in the table.
  ///
  /// Fails as `klDivergence(_:_:)` does otherwise.
  public func klDivergence<Other: Distribution>(to q: Independent<Other>) -> Tensor {
    Distributions.klDivergence(self, q)
  }
}
