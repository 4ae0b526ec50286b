import CTorch

/// What the host reads of tensors' numbers while a step is made, which a recorded step would not read again.
package enum HostReads {
  /// Runs `body` and says what it read first, nil if nothing: numbers of tensors, a generator's state, or what was noted.
  ///
  /// Covers the calling thread; inside another such scope the outer one hears of nothing more.
  package static func during<Result>(
    _ body: () throws -> Result
  ) rethrows -> (result: Result, read: String?) {
    let before = ct_reads_watch(true)
    defer { if !before { _ = ct_reads_watch(false) } }
    let result = try body()
    return (result, ct_reads_first().map { String(cString: $0) })
  }

  /// Says that the host reads something that differs from step to step.
  package static func note(_ what: StaticString) {
    what.withUTF8Buffer { text in
      text.withMemoryRebound(to: CChar.self) { ct_reads_note($0.baseAddress) }
    }
  }
}
