import Foundation
import LatentCore
import Report
import Testing
import Torch

@testable import LatentCLI

/// What the commands that use a model write: arrays against each other, documents verbatim.
@Suite(.serialized) struct GenerateCommandTests {
  static func array(_ path: String) throws -> Tensor { try NumPyArray(path: path).tensor }

  @Test func decodingCodesIsReconstructing() throws {
    try withTrainedRun { folder in
      let (run, codes) = ("\(folder)/run", "\(folder)/z.npy")
      let encoded = latent("encode", run, "-n", "40", "--out", codes, "--json")
      #expect(
        encoded.out == """
          {
            "out": "\(codes)",
            "arrays": {
              "codes": [40, 3]
            }
          }

          """)
      let decoded = try document("decode", run, "--codes", codes, "--out", "\(folder)/x.npy")
      #expect(
        decoded == [
          "out": .string("\(folder)/x.npy"), "arrays": ["examples": [40, 1, 8, 8]],
        ])
      let copied = try document("reconstruct", run, "--out", "\(folder)/r.npz")
      #expect(
        copied["arrays"] == [
          "reconstructions": [40, 1, 8, 8], "originals": [40, 1, 8, 8], "labels": [40],
        ])
      let copies = try NumPyArchive(path: "\(folder)/r.npz").tensors
      let reconstructions = try #require(copies["reconstructions"])
      #expect(
        try Self.array("\(folder)/x.npy").allClose(to: reconstructions, relative: 0, absolute: 1e-6)
      )
    }
  }

  @Test func codesAreDecodedFromAnArchiveAndAtDoublePrecision() throws {
    try withTrainedRun { folder in
      let run = "\(folder)/run"
      let codes = Tensor.randn([5, 3], using: Generator(seed: 1))
      try NumPyArchive(["codes": codes, "mine": codes.to(.float64)]).write(to: "\(folder)/z.npz")
      _ = try document("decode", run, "--codes", "\(folder)/z.npz", "--out", "\(folder)/a.npy")
      let other = try document(
        "decode", run, "--codes", "\(folder)/z.npz", "--array", "mine", "--out", "\(folder)/b.npz")
      #expect(other["arrays"] == ["examples": [5, 1, 8, 8], "codes": [5, 3]])
      let again = try NumPyArchive(path: "\(folder)/b.npz").tensors["examples"]
      #expect(try Self.array("\(folder)/a.npy").isEqual(to: try #require(again)))
      let missing = latent("decode", run, "--codes", "\(folder)/z.npz", "--array", "no")
      #expect(missing.code == .environment)
      #expect(missing.error.contains("has no array 'no', only 'codes.npy', 'mine.npy'"))
    }
  }

  @Test func codesThatDoNotFitAreRefused() throws {
    try withTrainedRun { folder in
      let (run, file) = ("\(folder)/run", "\(folder)/z.npy")
      func refusal(_ tensor: Tensor) throws -> String {
        try NumPyArray(tensor).write(to: file)
        let outcome = latent("decode", run, "--codes", file, "--out", "\(folder)/no.npy")
        #expect(outcome.code == .environment)
        return String(outcome.error.split(separator: "\n")[0])
      }
      let cases = [
        (Tensor.zeros([4, 5]), "expected codes of shape [n, 3], found [4, 5]"),
        (Tensor.zeros([0, 3]), "expected codes of shape [n, 3], found [0, 3]"),
        (Tensor([[0, .nan, 1]]), "expected finite numbers, found NaN or infinity"),
      ]
      for (codes, problem) in cases {
        let found = try refusal(codes)
        #expect(found == "error: \(file): \(problem)")
      }
      #expect(!FileManager.default.fileExists(atPath: "\(folder)/no.npy"))
    }
  }

  @Test func drawsOfCodesComeFromTheSeed() throws {
    try withTrainedRun { folder in
      func codes(_ words: String...) throws -> Tensor {
        let path = "\(folder)/z.npy"
        let outcome = latent(["encode", "\(folder)/run", "--out", path] + words)
        #expect(outcome.code == .done)
        return try Self.array(path)
      }
      let means = try codes()
      let first = try codes("--sampled", "--seed", "1")
      #expect(try codes("--sampled", "--seed", "1").isEqual(to: first))
      #expect(try !codes("--sampled", "--seed", "2").isEqual(to: first))
      // After two epochs the posteriors are still wide.
      let spread = (first - means).standardDeviation().item()
      #expect(spread > 0.3 && spread < 1.5)
    }
  }

  @Test func partsAndOtherDataAreEncoded() throws {
    try withTrainedRun { folder in
      let run = "\(folder)/run"
      func shape(_ words: String...) throws -> JSONValue? {
        let outcome = latent(["encode", run, "--out", "\(folder)/z.npz", "--json"] + words)
        #expect(outcome.code == .done, "\(outcome.error)")
        return try JSON5Reader.read(outcome.out, source: "stdout")["arrays"]
      }
      #expect(try shape() == ["codes": [360, 3], "labels": [360]])
      #expect(try shape("--split", "train") == ["codes": [1257, 3], "labels": [1257]])
      #expect(try shape("--split", "validation") == ["codes": [180, 3], "labels": [180]])
      #expect(try shape("--split", "all") == ["codes": [1797, 3], "labels": [1797]])
      // A file is encoded whole, in its own order.
      let tests = try NumPyArchive(path: "\(folder)/z.npz").tensors
      let one = Tensor.zeros([1, 1, 8, 8])
      try NumPyArray(one).write(to: "\(folder)/one.npy")
      let outcome = latent("encode", run, "--data", "\(folder)/one.npy", "--out", "\(folder)/o.npy")
      #expect(outcome.code == .done, "\(outcome.error)")
      #expect(try Self.array("\(folder)/o.npy").shape == [1, 3])
      #expect(tests["codes"]?.shape == [1797, 3])
      let other = latent("encode", run, "--data", "moons")
      #expect(other.code == .usage)
      #expect(
        other.error == """
          error: --data moons: expected greyImage of shape [1, 8, 8] as in the run, found vector of \
          shape [2]
           hint: give data of the same kind and shape

          """)
    }
  }

  @Test func traversalsMoveOneAxisEach() throws {
    try withTrainedRun { folder in
      let out = "\(folder)/t.npz"
      let found = try document(
        "traverse", "\(folder)/run", "--from", "0,5", "--range", "-2,2", "--steps", "5", "--out",
        out)
      #expect(
        found["arrays"] == [
          "examples": [2, 3, 5, 1, 8, 8], "codes": [2, 3, 5, 3], "axes": [3], "places": [3, 5],
          "activity": [3],
        ])
      #expect(found["activity"] == "mean KL to the prior" && found["unit"] == "nat")
      let arrays = try NumPyArchive(path: out).tensors
      let axes = try #require(arrays["axes"]).scalars(as: Int.self)
      let activity = try #require(arrays["activity"]).scalars(as: Double.self)
      #expect(Set(axes) == [0, 1, 2])
      #expect(activity == activity.sorted(by: >), "the most active first")
      let codes = try #require(arrays["codes"])
      for (row, axis) in axes.enumerated() {
        #expect(
          codes[1, row, TensorIndex.whole, axis].scalars(as: Double.self) == [-2, -1, 0, 1, 2])
        let others = [0, 1, 2].filter { $0 != axis }
        for other in others {
          let column = codes[1, row, TensorIndex.whole, other].scalars(as: Double.self)
          #expect(Set(column).count == 1)
        }
      }
    }
  }

  @Test func traversalsFromThePriorBetweenQuantiles() throws {
    try withTrainedRun { folder in
      let out = "\(folder)/t.npz"
      _ = try document(
        "traverse", "\(folder)/run", "--axes", "2,0", "--range", "0%,100%", "--steps", "3", "--out",
        out)
      let arrays = try NumPyArchive(path: out).tensors
      #expect(arrays["axes"]?.scalars(as: Int.self) == [2, 0])
      #expect(arrays["codes"]?[0, 0, 0, 0].item() == 0, "the prior's mean")
      _ = try document("encode", "\(folder)/run", "--out", "\(folder)/z.npy")
      let codes = try Self.array("\(folder)/z.npy")
      let places = try #require(arrays["places"])
      for (row, axis) in [2, 0].enumerated() {
        let column = codes[TensorIndex.whole, axis]
        #expect(places[row, 0].item() == column.min().item())
        #expect(abs(places[row, 1].item() - column.quantile([0.5])[0].item()) < 1e-6)
        #expect(places[row, 2].item() == column.max().item())
      }
      let wrong = latent("traverse", "\(folder)/run", "--axes", "3")
      #expect(
        wrong.error == """
          error: --axes: expected axes from 0 to 2, found 3
           hint: leave --axes out for the most active ones

          """)
      let beyond = latent("traverse", "\(folder)/run", "--from", "360")
      #expect(
        beyond.error == """
          error: digits: expected an index from 0 to 359, found 360
           hint: ask for examples below the data set's count

          """)
    }
  }

  @Test func pathsBeginAndEndAtTheCodesOfExamples() throws {
    try withTrainedRun { folder in
      _ = try document("encode", "\(folder)/run", "--out", "\(folder)/z.npy")
      let codes = try Self.array("\(folder)/z.npy")
      for path in ["linear", "spherical"] {
        let out = "\(folder)/\(path).npz"
        let found = try document(
          "interpolate", "\(folder)/run", "--from", "0,3", "--to", "7,9", "--path", path, "--steps",
          "4", "--out", out)
        #expect(
          found["arrays"] == [
            "examples": [2, 4, 1, 8, 8], "codes": [2, 4, 3], "from": [2], "to": [2],
          ])
        let ways = try #require(try NumPyArchive(path: out).tensors["codes"])
        for (pair, ends) in [(0, 7), (3, 9)].enumerated() {
          #expect(ways[pair, 0].allClose(to: codes[ends.0], relative: 1e-5, absolute: 1e-6))
          #expect(ways[pair, 3].allClose(to: codes[ends.1], relative: 1e-5, absolute: 1e-6))
        }
      }
    }
  }

  @Test func picturesHaveACellForEachExample() throws {
    try withTrainedRun { folder in
      let run = "\(folder)/run"
      func size(_ words: [String]) throws -> [Int] {
        let outcome = latent([words[0], run, "--out", "\(folder)/p.png"] + words.dropFirst())
        #expect(outcome.code == .done, "\(outcome.error)")
        let picture = try Picture(path: "\(folder)/p.png")
        return [picture.width, picture.height]
      }
      // Cells of 48 pixels, gaps of 2; labels of two letters take 4 + 22.
      let cases = [
        (["sample", "-n", "4"], [102, 102]), (["reconstruct", "-n", "3"], [152, 102]),
        (["interpolate", "--from", "0", "--to", "1", "--steps", "3"], [190, 52]),
        (["traverse", "--steps", "3", "-n", "2"], [178, 102]),
        (["encode", "-n", "100"], [48, 1600]),
      ]
      for (words, expected) in cases {
        let found = try size(words)
        #expect(found == expected, "\(words)")
      }
    }
  }

  @Test func whatIsNoPictureIsRefused() throws {
    try withTemporaryFolder { folder in
      let trained = latent(
        "train", "vae", "--data", "moons:count=100", "--set", "likelihood=gaussian", "--set",
        "hidden=8", "--set", "latent=2", "--steps", "2", "--out", folder, "--name", "run",
        "--threads", "1")
      #expect(trained.code == .done, "\(trained.error)")
      let (run, out) = ("\(folder)/run", "\(folder)/out")
      let refused = latent("sample", run, "--out", "\(out).png")
      #expect(refused.code == .usage)
      #expect(
        refused.error == """
          error: --out \(out).png: expected a batch of shape [n, c, h, w] or [n, h, w], found [64, 2]
           hint: write numbers instead: --out \(out).npy

          """)
      #expect(!FileManager.default.fileExists(atPath: "\(out).png"))
      let drawn = try document("sample", run, "-n", "5", "--out", "\(out).npy")
      #expect(drawn["arrays"] == ["samples": [5, 2]])
    }
  }

  /// What is asked for is a capability: a density without a code cannot encode, a code without a
  /// known prior is traversed by its quantiles.
  @Test func whatAMethodCannotDoIsNamed() throws {
    try withTemporaryFolder { folder in
      func train(_ recipe: String, _ settings: String...) {
        let trained = latent(
          ["train", recipe, "--data", "digits", "--steps", "1", "--threads", "1", "--out", folder]
            + ["--name", recipe] + settings.flatMap { ["--set", $0] })
        #expect(trained.code == .done, "\(trained.error)")
      }
      train("pixelcnn", "width=4", "blocks=1", "scales=1")
      for (verb, task) in [
        ("encode", "encode"), ("reconstruct", "reconstruct"), ("traverse", "encode and decode"),
      ] {
        let outcome = latent(verb, "\(folder)/pixelcnn")
        #expect(outcome.code == .usage)
        #expect(
          outcome.error
            == "error: recipe pixelcnn cannot \(task)\n hint: use a run of another recipe\n")
      }
      train("wae-mmd")
      let run = "\(folder)/wae-mmd"
      let out = "\(folder)/t.npz"
      let found = try document("traverse", run, "--steps", "3", "-n", "2", "--out", out)
      #expect(found["arrays"]?["examples"] == [1, 2, 3, 1, 8, 8])
      let refused = latent("traverse", run, "--range", "-3,3")
      #expect(
        refused.error == """
          error: recipe wae-mmd has codes without a prior of known deviation
           hint: give quantiles of the codes: --range 5%,95%

          """)
    }
  }
}
