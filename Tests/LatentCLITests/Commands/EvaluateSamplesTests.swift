import Foundation
import LatentCore
import Testing
import Torch

@testable import LatentCLI

/// `latent evaluate` of codes with classes, of two encoders, and of samples, in this process.
@Suite struct EvaluateSamplesTests {
  /// Codes of three classes, the same rotated, and two sets of vectors, one far from the other.
  private static func withArrays(_ body: (String) throws -> Void) throws {
    try withTemporaryFolder { folder in
      let generator = Generator(seed: 1)
      let labels = Tensor.randint(0..<3, [240], using: generator)
      let centres = Tensor([[8.0, 0], [0, 8], [-8, -8]])
      let codes =
        centres.selected(labels, dim: 0) + Tensor.randn([240, 2], using: generator)
      try NumPyArray(codes).write(to: "\(folder)/z.npy")
      try NumPyArray(codes.flipped(dims: [1]) * 3).write(to: "\(folder)/w.npy")
      try NumPyArray(labels).write(to: "\(folder)/y.npy")
      try NumPyArray(Tensor.zeros([240])).write(to: "\(folder)/one.npy")
      try NumPyArray(codes + 40).write(to: "\(folder)/far.npy")
      try body(folder)
    }
  }

  private func value(_ name: String, _ outcome: Outcome) throws -> Double {
    #expect(outcome.code == .done, "\(outcome.error)")
    let metrics = try JSON5Reader.read(outcome.out, source: "stdout")["metrics"]
    guard case .double(let value) = try #require(metrics?[name]?["value"]) else {
      Issue.record("no number \(name)")
      return .nan
    }
    return value
  }

  @Test func classesAreReadFromCodes() throws {
    try Self.withArrays { folder in
      let outcome = latent(
        "evaluate", "--codes", "\(folder)/z.npy", "--labels", "\(folder)/y.npy", "--metrics",
        "linear-probe,kmeans-accuracy,few-label-accuracy-10", "--json")
      for name in ["linear-probe", "kmeans-accuracy", "few-label-accuracy-10"] {
        let found = try value(name, outcome)
        #expect(found > 0.99)
      }
    }
  }

  @Test func aRotatedEncoderIsTheSame() throws {
    try Self.withArrays { folder in
      let outcome = latent(
        "evaluate", "--codes", "\(folder)/z.npy", "--against", "\(folder)/w.npy", "--metrics",
        "cka,procrustes", "--json")
      let (alignment, distance) = (
        try value("cka", outcome), try value("procrustes", outcome)
      )
      #expect(abs(alignment - 1) < 1e-6)
      #expect(distance < 1e-6)
    }
  }

  @Test func samplesHaveTheirCountInTheName() throws {
    try Self.withArrays { folder in
      let near = latent(
        "evaluate", "--samples", "\(folder)/z.npy", "--reference", "\(folder)/z.npy", "--json")
      let far = latent(
        "evaluate", "--samples", "\(folder)/far.npy", "--reference", "\(folder)/z.npy", "--json")
      #expect(try value("frechet-data-n240", near) < 1e-6)
      // Both means differ by 40.
      #expect(try abs(value("frechet-data-n240", far) - 3200) < 1)
      #expect(try value("precision-data-n240", far) == 0)
      let document = try JSON5Reader.read(near.out, source: "stdout")
      #expect(document["skipped"]?["memorisation-data-n240"] != nil)
    }
  }

  @Test func whatIsMissingIsNamed() throws {
    try Self.withArrays { folder in
      let cases: [([String], ExitCode, String)] = [
        (["--codes", "z", "--metrics", "linear-probe"], .usage, "and --labels is not given"),
        (["--codes", "z", "--metrics", "cka"], .usage, "and --against is not given"),
        (["--codes", "z", "--metrics", "frechet"], .usage, "is a metric of samples"),
        (["--samples", "z"], .usage, "--reference is not given"),
        (["--reference", "z"], .usage, "--samples is not given"),
        (["--samples", "z", "--reference", "w", "--codes", "z"], .usage, "alone, found them"),
        (["--codes", "z", "--labels", "one"], .environment, "at least two classes"),
        (
          ["--samples", "z", "--reference", "y"], .environment,
          "expected examples of the reference's shape"
        ),
        (
          ["--samples", "z", "--reference", "w", "--metrics", "memorisation"], .environment,
          "expected held-out examples"
        ),
      ]
      for (words, code, reason) in cases {
        let files = words.map { ["z", "w", "y", "one"].contains($0) ? "\(folder)/\($0).npy" : $0 }
        let outcome = latent(["evaluate"] + files)
        #expect(outcome.code == code && outcome.error.contains(reason), "\(words) \(outcome.error)")
      }
    }
  }
}
