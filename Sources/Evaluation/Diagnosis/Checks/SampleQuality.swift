import LatentCore
import Torch

/// Do samples cover the data without copying them?
///
/// Training examples fall into 20 cells by k-means; a cell is *missing* if samples fall into it less than a
/// fifth as often as held-out examples do. A third or more missing is *mode collapse*, a warning, two
/// thirds severe. Samples nearer to a training example than any held-out example is are copies; more
/// than half of them is memorisation (severe). **Source**: Richardson & Weiss 2018, arXiv 1805.12462
/// (cells); Meehan, Chaudhuri & Dasgupta 2020, arXiv 2004.05675 (copies).
public struct SampleQuality: DiagnosticCheck {
  /// The check.
  public init() {}

  /// `samples`.
  public var name: String { "samples" }
  /// What is looked at.
  public var question: String { "Do samples cover the data without copying them?" }

  /// Missing cells, copies.
  public func findings(_ patient: Patient) -> [Finding]? {
    guard let method = patient.method as? any Samples, patient.train.size(0) >= 200,
      patient.held.size(0) >= 50
    else { return nil }
    let samples = method.sample(min(500, patient.held.size(0)), using: patient.generator)
      .flattened(from: 1).to(.float64)
    let train = patient.train.flattened(from: 1).to(.float64)
    let held = patient.held.flattened(from: 1).to(.float64)
    guard samples.shape.last == train.shape.last else { return nil }
    return missing(samples, train, held, patient) + copies(samples, train, held, patient)
  }

  private func missing(
    _ samples: Tensor, _ train: Tensor, _ held: Tensor, _ patient: Patient
  ) -> [Finding] {
    let cells = 20
    guard let parts = try? KMeans(train, k: cells, restarts: 3, using: patient.generator) else {
      return []
    }
    func shares(_ rows: Tensor) -> [Double] {
      let nearest = pairwiseDistances(rows, parts.centres).argMin(dim: 1)
      return nearest.binCount(minimumLength: cells).scalars(as: Double.self).map {
        $0 / Double(rows.size(0))
      }
    }
    let gone = zip(shares(samples), shares(held)).count { $0 < 0.2 * $1 }
    let share = Double(gone) / Double(cells)
    guard share >= 1.0 / 3 else { return [] }
    return [
      Finding(
        "mode-collapse", share >= 2.0 / 3 ? .severe : .warning,
        "Samples leave out kinds of examples that the data have.",
        evidence: [
          .init(
            "cells of the data that samples miss", share,
            threshold: "a third (warning) or two thirds (severe)")
        ],
        remedy: patient.remedy(
          Remedy.matchedPrior(patient),
          otherwise: "Train longer, and see that codes match the prior."))
    ]
  }

  private func copies(
    _ samples: Tensor, _ train: Tensor, _ held: Tensor, _ patient: Patient
  ) -> [Finding] {
    guard let found = try? Memorisation(samples: samples, train: train, heldOut: held),
      found.copies > 0.5
    else { return [] }
    return [
      Finding(
        "memorisation", .severe, "Samples are copies of training examples.",
        evidence: [
          .init(
            "samples nearer to a training example than any held-out one", found.copies,
            threshold: "above 0.5"),
          .init(
            "median distance over that of held-out examples", found.ratio, threshold: "1 if none"),
        ],
        remedy: patient.remedy(
          Remedy.lessMemory, otherwise: "Use more data or a smaller model."))
    ]
  }
}
