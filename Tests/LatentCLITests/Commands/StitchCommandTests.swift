import Foundation
import LatentCore
import Report
import Testing
import Torch

@testable import LatentCLI

/// Trains small models of one recipe that differ in their seeds, and runs `body` with their folders.
private func withRuns(
  _ recipe: String, data: String = "digits", set settings: [String] = ["hidden=32", "latent=4"],
  body: (_ folder: String, _ first: String, _ second: String) throws -> Void
) throws {
  try withTemporaryFolder { folder in
    for seed in ["1", "2"] {
      let outcome = latent(
        [
          "train", recipe, "--data", data, "--epochs", "12", "--threads", "1", "--seed", seed,
          "--set", "learning-rate=0.01",
        ]
          + settings.flatMap { ["--set", $0] } + ["--out", folder, "--name", "run\(seed)"])
      #expect(outcome.code == .done, "\(outcome.error)")
    }
    try body(folder, "\(folder)/run1", "\(folder)/run2")
  }
}

@Suite(.serialized) struct StitchCommandTests {
  private static func value(_ document: JSONValue, _ path: String...) -> Double {
    switch path.reduce(document, { $0[$1] ?? .null }) {
    case .double(let number): number
    case .int(let number): Double(number)
    default: .nan
    }
  }

  /// A run behind itself is native in every way that can express the identity.
  @Test func aRunBehindItselfIsNative() throws {
    try withRuns("autoencoder") { folder, run, _ in
      let found = try document("stitch", run, run, "--anchors", "100", "-n", "200")
      for way in ["direct", "orthogonal", "linear", "affine"] {
        let ratio = Self.value(found, "ways", way, "error-over-native")
        #expect(abs(ratio - 1) < 1e-3, "\(way): \(ratio)")
        #expect(Self.value(found, "ways", way, "accuracy-minus-native") == 0)
      }
      #expect(Self.value(found, "ways", "relative", "accuracy-minus-native") == 0)
      #expect(
        Self.value(found, "chance", "error", "value")
          > Self.value(found, "native", "error", "value"))
      #expect(Self.value(found, "chance", "accuracy", "value") < 0.2)
      #expect(found["anchors"] == 100 && found["examples"] == 200)
      #expect(found["native"]?["error"]?["unit"] == "sq")
    }
  }

  @Test func translationsReadWhatDirectStitchingCannot() throws {
    try withRuns("autoencoder") { folder, first, second in
      let out = "\(folder)/grid.png"
      let found = try document("stitch", first, second, "--out", out, "-n", "60")
      let direct = Self.value(found, "ways", "direct", "error", "value")
      let affine = Self.value(found, "ways", "affine", "error", "value")
      #expect(affine < direct)
      #expect(affine < Self.value(found, "chance", "error", "value"))
      // Ten columns of 48 and gaps of 2 beside the labels; originals, native and five ways.
      let picture = try Picture(path: out)
      #expect(picture.height == 7 * 50 + 2 && picture.width > 10 * 50)
      let table = latent("stitch", first, second, "--ways", "ridge,orthogonal", "-n", "60")
      #expect(table.code == .done)
      let rows = table.out.split(separator: "\n").map { $0.prefix { $0 != " " } }
      #expect(rows.contains("ridge") && rows.contains("orthogonal") && rows.contains("chance"))
      #expect(!rows.contains("affine"))
    }
  }

  @Test func relativeRunsAreStitchedWithoutAFit() throws {
    try withRuns("relative-autoencoder", set: ["hidden=32", "latent=4", "anchors=50"]) {
      folder, first, second in
      let out = "\(folder)/s.npz"
      let found = try document("stitch", first, second, "--ways", "direct", "--out", out)
      // Decoders of absolute codes of this size make three times their own error and more.
      #expect(Self.value(found, "ways", "direct", "error-over-native") < 1.5)
      let arrays = try NumPyArchive(path: out).tensors
      #expect(arrays["direct"]?.shape == [360, 1, 8, 8] && arrays["originals"] != nil)
      let sampled = latent("sample", first, "--out", "\(folder)/no.png")
      #expect(sampled.code == .usage && sampled.error.contains("cannot draw samples"))
    }
  }

  @Test func classifiersAreReadByTheirHeads() throws {
    let settings = ["hidden=32", "latent=8", "anchors=60", "head-hidden=16"]
    try withRuns("relative-classifier", set: settings) { _, first, second in
      let found = try document("stitch", first, second)
      #expect(found["reader"] == "its own head")
      #expect(found["native"]?["error"] == nil)
      #expect(
        Self.value(found, "ways", "direct", "accuracy", "value")
          > Self.value(found, "chance", "accuracy", "value"))
    }
  }

  @Test func runsThatDoNotGoTogetherAreRefused() throws {
    try withRuns("autoencoder") { folder, first, second in
      func refusal(_ words: String...) -> String {
        let outcome = latent(["stitch"] + words)
        #expect(outcome.code == .usage, "\(outcome.error)")
        return outcome.error
      }
      let few = refusal(first, second, "--anchors", "4", "--ways", "affine")
      #expect(few.contains("from 4 to 4 dimensions expects at least 5 anchors, found 4"))
      let many = refusal(first, second, "--anchors", "5000")
      #expect(many.contains("--anchors: expected at most the 1257 training examples, found 5000"))
      let trained = latent(
        "train", "autoencoder", "--data", "digits", "--set", "hidden=8", "--set", "latent=3",
        "--steps", "2", "--threads", "1", "--out", folder, "--name", "small")
      #expect(trained.code == .done)
      let sizes = refusal("\(folder)/small", second, "--ways", "direct")
      #expect(
        sizes.contains("codes of shape [3] cannot be handed over to a run with codes of shape [4]"))
      let skipped = latent("stitch", "\(folder)/small", second, "-n", "40")
      #expect(skipped.code == .done && skipped.error.contains("without direct: codes of shape [3]"))
      let other = latent(
        "train", "autoencoder", "--data", "moons:count=100", "--set", "latent=4", "--set",
        "hidden=8", "--steps", "2", "--threads", "1", "--out", folder, "--name", "other")
      #expect(other.code == .done, "\(other.error)")
      let data = refusal(first, "\(folder)/other")
      #expect(data.contains("was trained on other data (moons:count=100"))
      #expect(data.contains("hint: stitch runs that were trained on the same data"))
      let words = refusal(first, second, "--ways", "affin")
      #expect(words.contains("direct, relative, orthogonal"))
    }
  }
}
