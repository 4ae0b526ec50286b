public import LatentCore
public import Torch

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// How noise grows with time: λ(t) for t from 0 (cleanest) to 1, strictly falling.
public protocol NoiseSchedule {
  /// λ at times of any shape, in nats.
  func logSNR(_ times: Tensor) -> Tensor
  /// dλ/dt at times of any shape, below zero.
  func slope(_ times: Tensor) -> Tensor
}

extension NoiseSchedule {
  /// λ at `count` even times from 0 to 1, `[count]`.
  public func levels(_ count: Int, dtype: DType = .float32) -> Tensor {
    logSNR(Tensor.linspace(0, 1, count: count, dtype: dtype))
  }

  /// λ at times 0 and 1.
  public var ends: (cleanest: Tensor, noisiest: Tensor) {
    let both = logSNR(Tensor([0.0, 1.0]))
    return (both[0], both[1])
  }
}

/// Which schedule there is, as a word of a configuration.
public enum NoiseScheduleKind: String, Sendable, CaseIterable, ConfigValue {
  /// `CosineSchedule`.
  case cosine
  /// `LinearSchedule`.
  case linear
  /// `LogLinearSchedule`.
  case logLinear = "log-linear"
  /// `LearnedSchedule`.
  case learned
}

/// Variances that grow linearly: −log α²(t) = 0.1 u + 9.95 u², u = u₀ + (1 − u₀) t.
///
/// The continuum of β₁ … β_T rising evenly from 0.1/T to 20/T, with T = 1000 the schedule of DDPM. u₀ is where λ has its
/// largest value; λ ends at about −10. **Source**: Ho, Jain & Abbeel 2020, arXiv 2006.11239, section 4; Song et al.
/// 2021, arXiv 2011.13456, eq. 32.
public struct LinearSchedule: NoiseSchedule, Sendable, Hashable {
  private let start: Double

  /// A schedule from λ = `cleanest`; that of DDPM starts at 9.1.
  public init(cleanest: Double = 9.1) {
    let lost = log1p(exp(-cleanest))
    start = (-0.1 + (0.01 + 4 * 9.95 * lost).squareRoot()) / (2 * 9.95)
  }

  private func place(_ times: Tensor) -> Tensor { start + (1 - start) * times }

  /// −log(exp(0.1 u + 9.95 u²) − 1).
  public func logSNR(_ times: Tensor) -> Tensor {
    let u = place(times)
    return -log(expm1(u * (0.1 + 9.95 * u)))
  }

  /// The derivative.
  public func slope(_ times: Tensor) -> Tensor {
    let u = place(times)
    return (1 - start) * (0.1 + 19.9 * u) / expm1(-u * (0.1 + 9.95 * u))
  }
}

/// Angles that grow linearly: α = cos φ, σ = sin φ, so λ = −2 log tan φ.
///
/// **Source**: Nichol & Dhariwal 2021, arXiv 2102.09672, eq. 17, between two given λ as in Ho & Salimans 2022, arXiv
/// 2207.12598, section 3.1.
public struct CosineSchedule: NoiseSchedule, Sendable, Hashable {
  private let (start, end): (Double, Double)

  /// A schedule between two levels.
  public init(cleanest: Double = 13.3, noisiest: Double = -10) {
    (start, end) = (atan(exp(-cleanest / 2)), atan(exp(-noisiest / 2)))
  }

  private func angle(_ times: Tensor) -> Tensor { start + (end - start) * times }

  /// −2 log tan φ.
  public func logSNR(_ times: Tensor) -> Tensor { -2 * log(tan(angle(times))) }

  /// −4 φ′/sin 2φ.
  public func slope(_ times: Tensor) -> Tensor { -4 * (end - start) / sin(2 * angle(times)) }
}

/// λ that falls linearly.
///
/// **Source**: Kingma et al. 2021, arXiv 2107.00630, appendix D (a fixed linear log-SNR).
public struct LogLinearSchedule: NoiseSchedule, Sendable, Hashable {
  private let (start, end): (Double, Double)

  /// A schedule between two levels.
  public init(cleanest: Double = 13.3, noisiest: Double = -5) {
    (start, end) = (cleanest, noisiest)
  }

  /// The line.
  public func logSNR(_ times: Tensor) -> Tensor { start + (end - start) * times }

  /// Its slope.
  public func slope(_ times: Tensor) -> Tensor { Tensor.full(like: times, end - start) }
}
