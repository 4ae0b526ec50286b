public import LatentNN
public import Torch

/// A schedule that is learned: λ falls from one learned end to the other along a monotone network.
///
/// λ(t) = λ_max − (λ_max − λ_min)(g(t) − g(0))/(g(1) − g(0)), g(t) = t + Σ_h v_h sigmoid(u_h t + b_h)/H with u and v kept above
/// zero by softplus. The ends are learned by the bound; the course between them cannot change the bound in continuous
/// time and is learned to lower the variance of its estimate (`shapePaths` names its parameters). **Source**: Kingma et al.
/// 2021, arXiv 2107.00630, section 5 and appendix H.
public final class LearnedSchedule: Module, NoiseSchedule {
  /// λ at times 0 and 1, `[2]`.
  public let endpoints: Parameter
  /// u before softplus, `[H]`.
  public let steepness: Parameter
  /// b, `[H]`.
  public let offset: Parameter
  /// v before softplus, `[H]`.
  public let weight: Parameter

  /// A schedule that starts between these two levels, nearly a line.
  public init(
    cleanest: Double = 13.3, noisiest: Double = -5, hidden: Int = 64, using generator: Generator
  ) {
    endpoints = Parameter(Tensor([cleanest, noisiest]))
    steepness = Parameter(Tensor.normal([hidden], mean: 4, using: generator))
    offset = Parameter(Tensor.uniform([hidden], from: -4, to: 0, using: generator))
    weight = Parameter(Tensor.normal([hidden], mean: -2, standardDeviation: 0.1, using: generator))
  }

  /// Whether the parameter at this path of a schedule shapes the way between the ends.
  public static func isShape(_ path: String) -> Bool { !path.hasSuffix("endpoints") }

  /// The monotone course from its learned start to its learned end.
  public func logSNR(_ times: Tensor) -> Tensor {
    let span = rise(Tensor.ones(like: times)) - rise(Tensor.zeros(like: times))
    let share = (rise(times) - rise(Tensor.zeros(like: times))) / span
    return endpoints.value[0] - (endpoints.value[0] - endpoints.value[1]) * share
  }

  /// The derivative.
  public func slope(_ times: Tensor) -> Tensor {
    let span = rise(Tensor.ones(like: times)) - rise(Tensor.zeros(like: times))
    let u = softplus(steepness.value)
    let s = sigmoid(times.unsqueezed(dim: -1) * u + offset.value)
    let speed = 1 + (softplus(weight.value) * u * s * (1 - s)).mean(dim: -1)
    return -(endpoints.value[0] - endpoints.value[1]) * speed / span
  }

  private func rise(_ times: Tensor) -> Tensor {
    let s = sigmoid(times.unsqueezed(dim: -1) * softplus(steepness.value) + offset.value)
    return times + (softplus(weight.value) * s).mean(dim: -1)
  }
}
