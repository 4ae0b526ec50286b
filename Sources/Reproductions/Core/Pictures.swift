import Datasets
import Torch

extension Trial {
  /// The first examples of a known set of pictures, to train on and to test on; the package's own digits
  /// where only the code path is wanted, so that it runs without any files.
  ///
  /// Throws what opening the set throws.
  func pictures(
    _ name: String, train: Int, test: Int
  ) throws -> (train: Tensor, test: Tensor) {
    let splits = try DatasetRegistry.open(isQuick ? "digits" : name)
    let held = try splits.test()
    func first(_ count: Int, of data: any Dataset) throws -> Tensor {
      try data.batch(Array(0..<min(count, data.count))).examples
    }
    return (
      try first(size(train, quick: 64), of: splits.train),
      try first(size(test, quick: 16), of: held)
    )
  }

  /// The same with their labels.
  ///
  /// Throws what opening the set throws.
  func labelledPictures(
    _ name: String, train: Int, test: Int
  ) throws -> (train: Batch, test: Batch) {
    let splits = try DatasetRegistry.open(isQuick ? "digits" : name)
    let held = try splits.test()
    func first(_ count: Int, of data: any Dataset) throws -> Batch {
      try data.batch(Array(0..<min(count, data.count)))
    }
    return (
      try first(size(train, quick: 64), of: splits.train),
      try first(size(test, quick: 16), of: held)
    )
  }
}
