import Datasets
import Torch

/// How many held-out rows are copies of training rows, bit for bit.
struct CopyCount {
  /// The share of held-out rows that stand in the training part too.
  let heldInTrain: Double
  /// The share of training rows that stand in the training part more than once.
  let trainTwice: Double

  /// Reads both parts once.
  init(train: any Dataset, held: any Dataset) throws {
    var counts: [Int: Int] = [:]
    try Self.forEachHash(train) { counts[$0, default: 0] += 1 }
    let repeated = counts.values.reduce(0) { $0 + ($1 > 1 ? $1 : 0) }
    trainTwice = Double(repeated) / Double(max(train.count, 1))
    var found = 0
    try Self.forEachHash(held) { if counts[$0] != nil { found += 1 } }
    heldInTrain = Double(found) / Double(max(held.count, 1))
  }

  private static func forEachHash(_ data: any Dataset, _ body: (Int) -> Void) throws {
    try data.forEachBatch(of: 1024) { batch in
      let rows = batch.examples.flattened(from: 1).to(.float64)
      let width = rows.size(1)
      let values = rows.scalars(as: Double.self)
      for row in 0..<rows.size(0) {
        var hasher = Hasher()
        for value in values[(row * width)..<((row + 1) * width)] { hasher.combine(value) }
        body(hasher.finalize())
      }
    }
  }
}
