import Foundation
import Testing

@testable import Parallel

/// The stand-in for NCCL, compiled for the tests.
enum StandIn {
  /// The library with these switches of the compiler's; throws where it does not compile.
  static func path(_ switches: [String] = []) throws -> String {
    let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
      .deletingLastPathComponent().deletingLastPathComponent()
    let library = FileManager.default.temporaryDirectory
      .appending(path: "latent-\(UUID().uuidString).so").path
    let compiler = Process()
    compiler.executableURL = URL(fileURLWithPath: "/usr/bin/env")
    compiler.arguments =
      ["clang", "-shared", "-fPIC", "-O1", "-I", root.appending(path: "Sources/CNCCL").path]
      + switches + ["-o", library, root.appending(path: "Tests/StandIns/nccl.c").path]
    try compiler.run()
    compiler.waitUntilExit()
    try #require(compiler.terminationStatus == 0, "the stand-in does not compile")
    return library
  }

  /// What `body` gets is loaded; the file is gone afterwards.
  static func with<Result>(
    _ switches: [String] = [], _ body: (String) throws -> Result
  ) throws -> Result {
    let path = try path(switches)
    defer { try? FileManager.default.removeItem(atPath: path) }
    return try body(path)
  }
}

/// Threads in place of processes: what one says, all hear.
final class ThreadGroup: ProcessGroup {
  /// Where they meet.
  final class Square: @unchecked Sendable {
    let size: Int
    private let condition = NSCondition()
    private var (given, kept): ([Int: [UInt8]], [Int: [UInt8]]) = ([:], [:])
    private var round = 0

    init(_ size: Int) { self.size = size }

    /// The bytes of all, once all have come.
    func all(_ bytes: [UInt8], from rank: Int) -> [[UInt8]] {
      condition.lock()
      defer { condition.unlock() }
      given[rank] = bytes
      let mine = round
      if given.count == size {
        (kept, given) = (given, [:])
        round += 1
        condition.broadcast()
      }
      while round == mine { condition.wait() }
      return (0..<size).map { kept[$0] ?? [] }
    }
  }

  private struct Done: Exchange {
    func advance() {}
    func wait() {}
  }

  let rank: Int
  private let square: Square
  var size: Int { square.size }
  var places: [String] { (0..<size).map { "thread \($0)" } }

  private init(_ rank: Int, _ square: Square) { (self.rank, self.square) = (rank, square) }

  func beginSum(_ memory: UnsafeMutableRawBufferPointer, of type: ExchangedNumber) -> any Exchange {
    let all = square.all(Array(memory), from: rank)
    switch type {
    case .float32: add(all, to: memory, Float.self)
    case .float64: add(all, to: memory, Double.self)
    }
    return Done()
  }

  private func add<Number: FloatingPoint>(
    _ all: [[UInt8]], to memory: UnsafeMutableRawBufferPointer, _ type: Number.Type
  ) {
    let sums = memory.bindMemory(to: Number.self)
    for index in sums.indices {
      sums[index] = all.reduce(0) { sum, bytes in
        sum + bytes.withUnsafeBytes { $0.bindMemory(to: Number.self)[index] }
      }
    }
  }

  func beginBroadcast(_ memory: UnsafeMutableRawBufferPointer, from rank: Int) -> any Exchange {
    memory.copyBytes(from: square.all(Array(memory), from: self.rank)[rank])
    return Done()
  }

  func barrier() { _ = square.all([], from: rank) }

  /// What `body` says in each of `count` threads, by number; nil for those that had not ended when `isEnough`
  /// of them had.
  static func run<Result: Sendable>(
    _ count: Int, isEnough: Int? = nil, _ body: @escaping @Sendable (ThreadGroup) -> Result
  ) -> [Result?] {
    let square = Square(count)
    let results = Results<Result>(count)
    let ended = DispatchSemaphore(value: 0)
    for rank in 0..<count {
      // Threads of their own: a task would wait for one that runs tests, and each waits for the others.
      Thread.detachNewThread {
        results[rank] = body(ThreadGroup(rank, square))
        ended.signal()
      }
    }
    for _ in 0..<(isEnough ?? count) { ended.wait() }
    return results.all
  }

  private final class Results<Result: Sendable>: @unchecked Sendable {
    private let lock = NSLock()
    private var values: [Result?]
    init(_ count: Int) { values = Array(repeating: nil, count: count) }
    subscript(_ rank: Int) -> Result? {
      get { lock.withLock { values[rank] } }
      set { lock.withLock { values[rank] = newValue } }
    }
    var all: [Result?] { lock.withLock { values } }
  }
}
