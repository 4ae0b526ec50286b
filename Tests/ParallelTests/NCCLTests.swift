import Foundation
import Synchronization
import Testing
import Torch

@testable import Parallel

/// What is said to NCCL, and what is made of its answers, with a library in its place that adds up on the CPU.
@Suite struct NCCLTests {
  /// Rank r's tensor is r + 1 times these numbers.
  private static func numbers(_ count: Int, _ dtype: DType) -> Tensor {
    Tensor.arange(count, dtype: dtype) + 0.25
  }

  /// The group of a thread; stops at an error of NCCL's.
  private static func group(_ base: ThreadGroup, _ library: NCCLLibrary) -> NCCLGroup? {
    let way = try? NCCLGroup.join(base, on: .cpu, library, or: "") { fatalError("\($0)") }
    guard case .direct(let group)? = way else { return nil }
    return group
  }

  /// Sums of several tensors that are under way together are those of the processes, bit by bit.
  @Test(arguments: [2, 3]) func sumsAreThoseOfAllProcesses(size: Int) throws {
    let library = try StandIn.with { try NCCLLibrary($0) }
    #expect(library.version == "2.27.5")
    // The last has more numbers than the stand-in has room for at a time.
    let tensors: [(Int, DType)] = [
      (1, .float32), (1000, .float64), (7, .float32), (0, .float32), (300_000, .float64),
    ]
    let isRight = ThreadGroup.run(size) { base -> Bool in
      guard let group = Self.group(base, library) else { return false }
      let sums = tensors.map { count, dtype in
        group.beginSum(Self.numbers(count, dtype) * Double(base.rank + 1))
      }
      let scale = Double(size * (size + 1) / 2)
      let isRight = zip(tensors, sums).allSatisfy { kind, sum in
        sum.advance()
        return sum.wait().isEqual(to: Self.numbers(kind.0, kind.1) * scale)
      }
      // Numbers and bytes of the CPU go another way, and the same tensors would arrive there.
      let same = group.sum([Double(base.rank)]) == [Double(size * (size - 1) / 2)]
      let copied = base.beginSum(Self.numbers(9, .float32)).wait()
      group.leave()
      return isRight && same && copied.isEqual(to: Self.numbers(9, .float32) * Double(size))
    }
    #expect(isRight == Array(repeating: true, count: size))
  }

  /// Processes that add up different things are told so by one line with NCCL's words.
  @Test func whatNCCLRefusesIsOneLine() throws {
    let library = try StandIn.with { try NCCLLibrary($0) }
    let heard = Mutex<[String]>([])
    let both = DispatchSemaphore(value: 0)
    _ = ThreadGroup.run(2, isEnough: 0) { base in
      let way = try? NCCLGroup.join(base, on: .cpu, library, or: "") { error in
        heard.withLock { $0.append(error.description) }
        both.signal()
        while true { sleep(1000) }
      }
      guard case .direct(let group)? = way else { return }
      _ = group.beginSum(Tensor.zeros([3 + base.rank]))
    }
    both.wait()
    both.wait()
    let line =
      "ncclAllReduce of NCCL 2.27.5: expected success, found 5, invalid usage: "
      + "said by the stand-in in two lines"
    #expect(heard.withLock { $0 } == [line, line])
  }

  /// Where one process lacks NCCL, all do without.
  @Test func allOrNone() throws {
    let library = try StandIn.with { try NCCLLibrary($0) }
    let reasons = ThreadGroup.run(2) { base -> String in
      let found = base.rank == 0 ? library : nil
      guard
        case .copied(let reason)? = try? NCCLGroup.join(
          base, on: .cpu, found, or: "none here", onError: { fatalError("\($0)") })
      else { return "" }
      return reason
    }
    #expect(reasons == ["1 of 2 processes have no NCCL", "none here"])
  }

  /// A library for graphics processors does not get the CPU's memory.
  @Test func otherDevicesAreNotItsAffair() throws {
    var library = try StandIn.with { try NCCLLibrary($0) }
    library.kind = .cuda
    let reasons = ThreadGroup.run(2) { [library] base -> String in
      guard
        case .copied(let reason)? = try? NCCLGroup.join(
          base, on: .cpu, library, or: "", onError: { fatalError("\($0)") })
      else { return "" }
      return reason
    }
    #expect(reasons[0] == "NCCL 2.27.5 is for another kind of device")
    #expect(reasons[1] == reasons[0])
  }

  @Test(arguments: [
    (["-DVERSION=1304"], "which is 1.3.4"), (["-DVERSION=2307"], "which is 2.3.7"),
    (["-DVERSION=30001"], "which is 3.0.1"), (["-DLACKS_SUM"], "which has no ncclAllReduce"),
  ]) func otherLibrariesAreRefused(switches: [String], reason: String) throws {
    try StandIn.with(switches) { path in
      let error = #expect(throws: ParallelError.self) { try NCCLLibrary(path) }
      #expect(
        error?.description
          == "expected NCCL's library (libnccl.so.2) in version 2.4 or a later 2, found \(path), \(reason)"
      )
    }
  }

  @Test func withoutALibraryTheReasonIsSaid() {
    for (path, found) in [("off", "LATENT_NCCL=off"), ("/nowhere/libnccl.so.2", "/nowhere/")] {
      let error = #expect(throws: ParallelError.self) { try NCCLLibrary(path) }
      #expect(error?.description.contains("found \(found)") == true)
      #expect(error?.description.contains("\n") == false)
    }
  }

  @Test(arguments: [
    (2400, "2.4.0"), (2708, "2.7.8"), (20_903, "2.9.3"), (22_705, "2.27.5"), (23_203, "2.32.3"),
  ]) func versionsAreWrittenTwoWays(code: Int32, text: String) {
    #expect(NCCLLibrary.version(code) == text)
  }
}
