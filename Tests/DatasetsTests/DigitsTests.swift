import Datasets
import Testing
import Torch
import _TestSupport

@Suite struct DigitsTests {
  @Test func theyAreThePublishedOnes() throws {
    let digits = try Digits.load()
    #expect(digits.count == 1797)
    let all = try digits.all()
    #expect(all.examples.shape == [1797, 1, 8, 8])
    #expect(all.examples.dtype == .float32)
    #expect(all.examples.min().item() == 0 && all.examples.max().item() == 1)
    // The first row of optdigits.tes.
    let first = (all.examples[0] * 16).scalars(as: Int.self)
    #expect(first[0..<16] == [0, 0, 5, 13, 9, 1, 0, 0, 0, 0, 13, 15, 10, 15, 5, 0])
    // The counts that the repository's own description gives for its test file.
    let labels = try #require(all.labels)
    let counts = labels.oneHot(classes: 10).sum(dim: 0).scalars(as: Int.self)
    #expect(counts == [178, 182, 177, 183, 181, 182, 181, 179, 174, 180])
    // The mean pixel of scikit-learn's copy of the same set.
    expectClose((all.examples * 16).to(.float64).mean(), Tensor(4.884164579855314, dtype: .float64))
  }

  @Test func theDivisionIsFixedDisjointAndComplete() throws {
    let splits = try Digits.splits()
    let validation = try #require(splits.validation)
    let test = try splits.test()
    #expect([splits.train.count, validation.count, test.count] == [1257, 180, 360])
    let parts = try [splits.train, validation, test].map { try $0.all().examples }
    let joined = concatenated(parts).flattened(from: 1)
    let whole = try Digits.load().all().examples.flattened(from: 1)
    expectClose(joined.sum(dim: 0), whole.sum(dim: 0))
    expectClose(squared(joined).sum(), squared(whole).sum(), relative: 1e-5)
    let again = try Digits.splits()
    #expect(try again.fingerprint == splits.fingerprint)
    #expect(try again.test().fingerprint == test.fingerprint)
    let other = try Digits.splits(SplitPlan(seed: 1))
    #expect(try other.fingerprint != splits.fingerprint)
  }

  /// Computed in Python from the repository's file: hashlib.sha256 of the lines and bytes that
  /// `Fingerprint` documents.
  @Test func theirFingerprintIsTheDocumentedHash() throws {
    #expect(
      try Digits.load().fingerprint
        == "sha256:b39ae62a381e67d3d20240a500b38707f5b98509d063e0b1841bdca26a161ae3")
  }
}
