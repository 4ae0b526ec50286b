import FoundationEssentials
import LatentCore
import Runs

/// The growing end of a run's log, read once for all who listen.
struct RunTail {
  /// The most bytes of one look; what is older is in the curves.
  private static let reach = 1 << 18
  let run: String
  private var offset: Int

  /// Begins at the present end of the log.
  init(_ run: String, in folder: ServedFolder) {
    self.run = run
    offset = folder.file([run, "events.jsonl"])?.count ?? 0
  }

  /// The lines that were added since the last look.
  mutating func events(in folder: ServedFolder) -> [Event] {
    guard let file = folder.file([run, "events.jsonl"]) else { return [] }
    // A run that was resumed has its log cut to the last checkpoint.
    if file.count < offset { offset = file.count }
    if file.count - offset > Self.reach { offset = file.count - Self.reach }
    let bytes = file.bytes(at: offset, count: file.count - offset)
    guard let end = bytes.lastIndex(of: 0x0A) else { return [] }
    offset += end + 1
    let decoder = JSONDecoder()
    return bytes[..<end].split(separator: 0x0A).compactMap {
      try? decoder.decode(Event.self, from: Data($0))
    }
  }
}
