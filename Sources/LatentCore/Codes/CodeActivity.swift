public import Torch

/// How much each axis of a code is used, most first.
public struct CodeActivity {
  /// What an axis is ordered by.
  public enum Measure: String, Sendable {
    /// The mean over examples of KL(q(z_d|x) ‖ p(z_d)), in nats.
    case rate = "mean KL to the prior"
    /// The variance over examples of the representative code, Var_x E[z_d|x]
    /// (Burda et al. 2015, arXiv:1509.00519, section 5.3).
    case variance = "variance of the codes"
  }

  /// The measure.
  public let measure: Measure
  /// The unit of `values`: `nat`, or empty for the square of the code's own scale.
  public var unit: String { measure == .rate ? "nat" : "" }
  /// The measure of each axis, in the order of the axes.
  public let values: [Double]

  /// The axes, the most active first; equal ones in their own order.
  public var order: [Int] {
    values.indices.sorted { values[$0] == values[$1] ? $0 < $1 : values[$0] > values[$1] }
  }

  /// The activity of the axes of `method` on `examples` [n, …], whose `codes` [n, d] are known.
  ///
  /// By the rate where the method has posteriors whose divergence is known for each axis, otherwise by
  /// the variance.
  public init(of method: any Encodes, on examples: Tensor, codes: Tensor) {
    if let rates = Self.rates(of: method, on: examples), rates.shape == codes.shape {
      measure = .rate
      values = rates.mean(dim: 0).scalars(as: Double.self)
    } else {
      measure = .variance
      values = codes.variance(dims: [0], correction: 0).scalars(as: Double.self)
    }
  }

  /// KL(q(z_d|x) ‖ p(z_d)) [n, d]; the draw that comes with it does not change it.
  private static func rates(of method: any Encodes, on examples: Tensor) -> Tensor? {
    guard let method = method as? any Infers else { return nil }
    let rates = method.posterior(of: examples).draw(using: Generator(seed: 0)).rates
    guard rates.count == 1, rates[0].isExact else { return nil }
    return rates[0].value
  }
}
