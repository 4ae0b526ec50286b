import Foundation

/// How the inverse temperature rises from 0 to 1 in annealed importance sampling.
public enum AnnealingSchedule: Sendable, Hashable {
  /// β_t = t/T.
  case linear
  /// β̃_t = 1/(1 + exp(−δ(2t/T − 1))), scaled to run from 0 to 1: slow at both ends. Source: Wu et al. 2017, arXiv 1611.04273,
  /// section 4.2.1, with δ = 4.
  case sigmoid(steepness: Double = 4)

  /// β₀ = 0, …, β_T = 1 for T = `steps`.
  public func inverseTemperatures(steps: Int) -> [Double] {
    precondition(steps >= 1, "AnnealingSchedule: expected a step, found \(steps)")
    return (0...steps).map { step in
      let t = Double(step) / Double(steps)
      switch self {
      case .linear: return t
      case .sigmoid(let steepness):
        func curve(_ t: Double) -> Double { 1 / (1 + exp(-steepness * (2 * t - 1))) }
        return (curve(t) - curve(0)) / (curve(1) - curve(0))
      }
    }
  }
}
