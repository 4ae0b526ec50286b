import Synchronization

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// A connection from process 0 to each other one that says nothing until somebody fails.
///
/// The kernel closes the connections of a process that is killed, at once and whoever launched it, where an
/// exchange in MPI would wait for ever; a machine that vanishes is noticed by TCP's keep-alive, within 20 s.
/// A thread of its own watches. Where no connection can be made, the launcher's own watch is all there is.
final class Lifeline: Sendable {
  private let rank: Int
  /// The connections by the process at the other end.
  private let peers = Mutex<[Int: Int32]>([:])
  /// Whether the end has come by agreement.
  private let isLeaving = Atomic<Bool>(false)
  private let onEnd: MPIGroup.OnEnd

  /// Connects the processes of `group`, all of which must call this; nil where this one cannot be reached.
  init?(_ group: any ProcessGroup, onEnd: @escaping MPIGroup.OnEnd) {
    rank = group.rank
    self.onEnd = onEnd
    let harbour = group.leads ? Harbour() : nil
    let beacon = Beacon(bytes: group.broadcast(harbour?.beacon.bytes ?? []))
    let line = group.leads ? nil : beacon.flatMap { Socket.connect(to: $0, rank: group.rank) }
    let size = group.size
    if let harbour { Watchman.start { self.serve(harbour, size) } }
    if let line {
      peers.withLock { $0[0] = line }
      Watchman.start { self.listen(to: line, from: 0) }
    }
    let connected = Int(group.sum([line == nil ? 0 : 1])[0])
    guard group.leads ? harbour != nil : line != nil else { return nil }
    // Whoever has a line can be told from here on.
    while group.leads, peers.withLock({ $0.count }) < connected { usleep(1000) }
  }

  // What is said: one byte, and for an error its code and its text.
  private static let (goodbye, failure, end): (UInt8, UInt8, UInt8) = (0x42, 0x45, 0x51)

  /// Tells process 0 of an error and waits for the end; false where it does not listen.
  func report(_ message: String, code: Int32) -> Bool {
    guard let line = peers.withLock({ $0[0] }) else { return false }
    let text = Array(message.utf8.prefix(60_000))
    let head = [Self.failure, UInt8(truncatingIfNeeded: code)]
    guard Socket.send(head + [UInt8(text.count >> 8), UInt8(text.count & 0xFF)] + text, to: line)
    else { return false }
    sleep(20)
    return true
  }

  /// Ends the other processes; only process 0 can.
  func endOthers(code: Int32) {
    isLeaving.store(true, ordering: .relaxed)
    say([Self.end, UInt8(truncatingIfNeeded: code)])
  }

  /// Ends by agreement, when all have come so far.
  func leave() {
    isLeaving.store(true, ordering: .relaxed)
    say([Self.goodbye])
  }

  private func say(_ bytes: [UInt8]) {
    for line in peers.withLock({ Array($0.values) }) { _ = Socket.send(bytes, to: line) }
  }

  /// Process 0: takes connections, each watched by a thread of its own.
  private func serve(_ harbour: Harbour, _ size: Int) {
    while peers.withLock({ $0.count }) < size - 1 {
      guard let (line, peer) = harbour.accept(), (1..<size).contains(peer) else { continue }
      peers.withLock { $0[peer] = line }
      Watchman.start { self.listen(to: line, from: peer) }
    }
    harbour.close()
  }

  private func listen(to line: Int32, from peer: Int) {
    switch Socket.receive(1, from: line)?.first {
    case Self.goodbye: return
    case Self.end: stop(.ended(code: Int32(Socket.receive(1, from: line)?.first ?? 3)))
    case Self.failure:
      guard let head = Socket.receive(3, from: line),
        let text = Socket.receive(Int(head[1]) << 8 | Int(head[2]), from: line)
      else { stop(.lost(peer)) }
      stop(.failed(peer, text: String(decoding: text, as: UTF8.self), code: Int32(head[0])))
    default:
      if isLeaving.load(ordering: .relaxed) { return }
      stop(.lost(peer))
    }
  }

  private func stop(_ ending: GroupEnding) -> Never {
    onEnd(ending) { code in endOthers(code: code) }
  }
}
