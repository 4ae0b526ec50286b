import Foundation
import Testing

@testable import Parallel

/// What process 0 tells the others of where it listens.
@Suite struct BeaconTests {
  @Test(arguments: [0, 1, 3]) func bytesGoThereAndBack(addresses: Int) {
    let beacon = Beacon(
      addresses: (0..<addresses).map { 0xC0A8_0001 + UInt32($0) }, port: 54_321,
      word: (0..<16).map { $0 })
    #expect(Beacon(bytes: beacon.bytes) == beacon)
  }

  @Test func otherBytesAreNoBeacon() {
    #expect(Beacon(bytes: []) == nil)
    #expect(Beacon(bytes: [UInt8](repeating: 0, count: 21)) == nil)
  }

  /// A stranger who does not know the word has no line, and the next one in has.
  @Test func onlyTheGroupIsLetIn() throws {
    let harbour = try #require(Harbour())
    defer { harbour.close() }
    let stranger = Beacon(
      addresses: [0x7F00_0001], port: harbour.beacon.port, word: [UInt8](repeating: 0, count: 16))
    // Threads of their own: a task would wait for one that runs tests, and this test holds one of those.
    Thread.detachNewThread { _ = Socket.connect(to: stranger, rank: 1) }
    #expect(harbour.accept() == nil)
    let local = Beacon(
      addresses: [0x7F00_0001], port: harbour.beacon.port, word: harbour.beacon.word)
    Thread.detachNewThread { _ = Socket.connect(to: local, rank: 7) }
    #expect(harbour.accept()?.rank == 7)
  }
}
