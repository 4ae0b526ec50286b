import Foundation

/// Many mutations of one reader's files, one after another, and what came of them.
struct Campaign {
  /// What came of it.
  struct Tally {
    var accepted = 0
    var refused = 0
    var faults: [String] = []
    var slowest = 0.0
    var largest = 0
  }

  let reader: Reader
  let seed: UInt64
  /// A folder of the campaign's own.
  let folder: String

  /// Reads the right files, then mutations with these numbers.
  ///
  /// With a watch, the hostile files come between, and time and memory are judged too; without one
  /// other threads may be at work.
  func run(_ numbers: Range<Int>, watch: Watch?) throws -> Tally {
    var tally = Tally()
    for (index, bytes) in reader.seeds.enumerated() {
      try judge(bytes, "seed \(index)", watch, &tally)
    }
    if tally.accepted == 0 { tally.faults.append("none of the right files was read") }
    for (index, bytes) in reader.hostile.enumerated() where watch != nil {
      try judge(bytes, "hostile \(index)", watch, &tally)
    }
    for number in numbers {
      try judge(reader.mutation(number, seed: seed), "\(number)", watch, &tally)
    }
    // Another reader of the same folder finds it as it was.
    if let first = reader.seeds.first { try put(first) }
    return tally
  }

  private func put(_ bytes: [UInt8]) throws {
    let path = URL(filePath: "\(folder)/\(reader.path)")
    try FileManager.default.createDirectory(
      at: path.deletingLastPathComponent(), withIntermediateDirectories: true)
    try Data(bytes).write(to: path)
  }

  private func judge(
    _ bytes: [UInt8], _ number: String, _ watch: Watch?, _ tally: inout Tally
  ) throws {
    let path = "\(folder)/\(reader.path)"
    try put(bytes)
    // A crash leaves the file and this line, which say what was read.
    try Data("\(reader.name) \(number) seed \(seed)\n".utf8)
      .write(to: URL(filePath: "\(folder)/present"))
    var verdict = Verdict.accepted
    for read in reader.reads where verdict == .accepted {
      guard let watch else {
        verdict = Verdict.of(read, path)
        continue
      }
      let cost = watch.timed("\(reader.name) \(number) seed \(seed)") {
        verdict = Verdict.of(read, path)
      }
      judge(cost, number, size: bytes.count, &tally)
    }
    switch verdict {
    case .accepted: tally.accepted += 1
    case .refused: tally.refused += 1
    case .fault(let what): tally.faults.append("\(number): \(what)")
    }
  }

  private func judge(
    _ cost: (seconds: Double, bytes: Int), _ number: String, size: Int, _ tally: inout Tally
  ) {
    if cost.seconds > Verdict.secondLimit {
      tally.faults.append("\(number): took \(cost.seconds) s of processor time")
    }
    if cost.bytes > Verdict.byteLimit(size) {
      tally.faults.append("\(number): took \(cost.bytes) bytes for a file of \(size)")
    }
    tally.slowest = max(tally.slowest, cost.seconds)
    tally.largest = max(tally.largest, cost.bytes)
  }
}
