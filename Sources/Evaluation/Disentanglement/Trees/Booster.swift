import Torch

/// Trees that LightGBM grows on given residuals, a few a round.
final class Booster {
  // Of the C interface: element types, kinds of prediction and importance.
  private static let float64: CInt = 1
  private static let leafIndex: CInt = 2
  private static let totalGain: CInt = 1

  private let library: BoostingLibrary
  private let handle: BoostingLibrary.Handle
  private let dataset: BoostingLibrary.Handle
  private let trees: Int
  private let width: Int
  private let count: Int

  /// Nothing grown yet on codes [n, d]; throws `MetricError` where LightGBM is absent or refuses.
  init(_ codes: Tensor, trees: Int, settings: String) throws {
    let library = try BoostingLibrary.loaded()
    (count, width) = (codes.size(0), codes.size(1))
    let text = "\(settings) num_class=\(trees)"
    var dataset: BoostingLibrary.Handle?
    try codes.withUnsafeBytes { bytes in
      try library.check(
        library.makeDataset(
          bytes.baseAddress, Self.float64, Int32(codes.size(0)), Int32(codes.size(1)), 1, text,
          nil, &dataset))
    }
    var booster: BoostingLibrary.Handle?
    do {
      // LightGBM wants labels even where the residuals come from outside.
      let labels = [Float](repeating: 0, count: codes.size(0))
      try library.check(library.setField(dataset, "label", labels, CInt(labels.count), 0))
      try library.check(library.makeBooster(dataset, text, &booster))
    } catch {
      _ = library.freeDataset(dataset)
      throw error
    }
    guard let booster, let dataset else {
      preconditionFailure("LightGBM made no booster and said nothing")
    }
    (self.library, self.trees, self.dataset, handle) = (library, trees, dataset, booster)
  }

  deinit {
    _ = library.freeBooster(handle)
    _ = library.freeDataset(dataset)
  }

  /// One round on residuals [n, trees]; false when no tree could split any more.
  func grow(_ residuals: Tensor) throws -> Bool {
    let gradients = (-residuals).transposed(0, 1).scalars(as: Float.self)
    let weights = [Float](repeating: 1, count: gradients.count)
    var isFinished: CInt = 0
    try library.check(library.update(handle, gradients, weights, &isFinished))
    return isFinished == 0
  }

  /// The leaf of each code of [m, d] in each tree of a round, [m, trees] int64.
  func leaves(of codes: Tensor, round: Int) throws -> Tensor {
    var places = [Double](repeating: 0, count: codes.size(0) * trees)
    var written: Int64 = 0
    try codes.withUnsafeBytes { bytes in
      try library.check(
        library.predict(
          handle, bytes.baseAddress, Self.float64, Int32(codes.size(0)), Int32(width), 1,
          Self.leafIndex, CInt(round), 1, "num_threads=1", &written, &places))
    }
    return Tensor(places, shape: [codes.size(0), trees]).to(.int64)
  }

  /// The gain of all splits on each code, [d].
  func gains() throws -> [Double] {
    var gains = [Double](repeating: 0, count: width)
    try library.check(library.importance(handle, 0, Self.totalGain, &gains))
    return gains
  }
}
