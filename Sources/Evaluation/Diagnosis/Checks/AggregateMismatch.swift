import Distributions
import LatentCore
import Torch

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// Do codes of data lie where the prior puts its mass, and the other way round?
///
/// Codes z ~ q(z|x) of held-out examples stand beside draws of the prior; codes of words are left out. A *hole* is a prior draw outside
/// of every code's neighbourhood (the ball to its fifth neighbour); since some fall outside by chance, the
/// share is taken relative to what two sets of prior draws give. Above 0.5 is a warning, above 0.9
/// severe. A used axis whose variance is not within a factor of 4 of the prior's is a *mismatch*; half of
/// them or more are severe. **Source**: Rosca, Lakshminarayanan & Mohamed 2018, arXiv 1802.06847
/// (mismatch); Kynkäänniemi et al. 2019, arXiv 1904.06991 (neighbourhoods).
public struct AggregateMismatch: DiagnosticCheck {
  /// The check.
  public init() {}

  /// `aggregate-posterior`.
  public var name: String { "aggregate-posterior" }
  /// What is looked at.
  public var question: String { "Do codes of data lie where the prior puts its mass?" }

  /// Mismatched axes, holes.
  public func findings(_ patient: Patient) -> [Finding]? {
    guard let inside = patient.inside, !(patient.method is any UsesCodebook) else { return nil }
    let targets = inside.targets(patient.held, using: patient.generator)
    let codes = inside.posterior(of: targets).draw(using: patient.generator).codes
    guard codes.rank == 2, codes.size(0) >= 50 else { return nil }
    let prior = inside.samplePrior(codes.size(0), using: patient.generator)
    return mismatch(codes, prior, patient) + holes(codes, prior, inside, patient)
  }

  private func mismatch(_ codes: Tensor, _ prior: Tensor, _ patient: Patient) -> [Finding] {
    let ratios = (codes.variance(dims: [0]) / prior.variance(dims: [0])).scalars(as: Double.self)
    let wrong = ratios.enumerated().filter { $0.element > 4 || $0.element < 0.25 }
    guard !wrong.isEmpty, wrong.count * 2 >= ratios.count else { return [] }
    let worst = wrong.max { abs(log($0.element)) < abs(log($1.element)) } ?? wrong[0]
    return [
      Finding(
        "aggregate-mismatch", .severe,
        "Codes of data do not have the prior's spread, so that samples decode codes no data have.",
        evidence: [
          .init(
            "axes with another variance, of \(ratios.count)", Double(wrong.count),
            threshold: "half or more is a finding"),
          .init(
            "variance of axis \(worst.offset) over the prior's", worst.element,
            threshold: "outside 0.25 … 4"),
        ],
        remedy: patient.remedy(
          Remedy.matchedPrior(patient), otherwise: "Weigh the rate more, or learn the prior."))
    ]
  }

  private func holes(
    _ codes: Tensor, _ prior: Tensor, _ inside: any Inspectable, _ patient: Patient
  ) -> [Finding] {
    let other = inside.samplePrior(codes.size(0), using: patient.generator)
    guard let found = try? SampleCoverage(prior, codes, k: 5),
      let chance = try? SampleCoverage(prior, other, k: 5), chance.precision > 0
    else { return [] }
    let share = max(0, 1 - found.precision / chance.precision)
    guard share > 0.5 else { return [] }
    return [
      Finding(
        "prior-holes", share > 0.9 ? .severe : .warning,
        "Much of the prior's mass lies where no data are coded: samples from there are guesses.",
        evidence: [
          .init(
            "prior draws outside of the codes' neighbourhoods", share,
            threshold: "above 0.5 (warning) or 0.9 (severe)")
        ],
        remedy: patient.remedy(
          Remedy.matchedPrior(patient),
          otherwise: "Learn the prior, weigh the rate more, or use fewer dimensions."))
    ]
  }
}
