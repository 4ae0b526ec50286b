import Datasets
import LatentCore

extension Console {
  /// Runs `body` and shows how far the reading of large files is that it brings about, such as the
  /// fingerprint of data that do not fit into memory.
  func showingReads<Result>(_ body: () throws -> Result) rethrows -> Result {
    let view = ReadingView(self)
    defer { view.end() }
    return try LongReading.observed(by: { view.show($0, $1, $2) }, body)
  }
}

/// A line of progress for each file that is read in whole.
///
/// Unchecked, because the observer is called on the thread that reads, which is the one that set it.
private final class ReadingView: @unchecked Sendable {
  private let console: Console
  private var path: String?
  private var line: ProgressLine?

  init(_ console: Console) { self.console = console }

  func show(_ path: String, _ done: Int, _ all: Int) {
    if path != self.path {
      end()
      self.path = path
      console.note("reading \(NumberText.bytes(all)) of \(path) for its fingerprint")
      line = console.progress(.steps(all >> 20), unit: "MB")
    }
    line?.update(step: done >> 20, label: "fingerprint")
    if done >= all { end() }
  }

  func end() {
    line?.finish()
    line = nil
    path = nil
  }
}
