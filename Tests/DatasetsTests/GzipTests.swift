import Datasets
import Foundation
import Testing
import Torch

@Suite struct GzipTests {
  /// gzip.compress(b"latent " * 40, 9, mtime=0) of Python 3.11, in base64.
  private static let packed = "H4sIAAAAAAACA8tJLEnNK1HIGaVQKQCcIhN+GAEAAA=="

  private func stream(_ bytes: [UInt8]) throws -> ByteStream {
    try ByteStream(MemoryBytes(bytes, path: "x.gz"))
  }

  private func packed() throws -> [UInt8] {
    [UInt8](try #require(Data(base64Encoded: Self.packed)))
  }

  @Test func membersOfAFileFollowEachOther() throws {
    let text = String(repeating: "latent ", count: 80)
    let twice = try stream(packed() + packed())
    #expect(try twice.bytes(560, "text") == Array(text.utf8))
    try twice.expectEnd()
  }

  @Test func everyPrefixIsRefusedAsCutOff() throws {
    let whole = try packed()
    for count in 2..<whole.count {
      #expect(throws: FileError.self) {
        let cut = try stream(Array(whole[..<count]))
        _ = try cut.bytes(280, "text")
        try cut.expectEnd()
      }
    }
  }

  @Test func aWrongChecksumIsRefused() throws {
    var bytes = try packed()
    bytes[bytes.count - 6] ^= 1
    #expect {
      let stream = try stream(bytes)
      _ = try stream.bytes(280, "text")
      try stream.expectEnd()
    } throws: {
      "\($0)".hasPrefix("x.gz: is no complete gzip file")
    }
  }

  @Test func noMutationCrashes() throws {
    expectOnlyRefusals(mutating: try packed(), count: 2000) { bytes in
      let stream = try stream(bytes)
      _ = try stream.bytes(280, "text")
      try stream.expectEnd()
      return stream
    }
  }
}
