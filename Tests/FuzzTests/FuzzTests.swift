import Foundation
import Testing
import Torch

@testable import Fuzz

/// Some hundred mutations of every reader's files; `bin/fuzz` reads many more, with sanitizers.
@Suite struct FuzzTests {
  private func faults(_ reader: Reader, _ folder: String, count: Int) throws -> [String] {
    let campaign = Campaign(reader: reader, seed: 2, folder: folder)
    return try campaign.run(0..<count, watch: nil).faults
  }

  private func withFolder(_ body: (String) throws -> Void) throws {
    let folder = NSTemporaryDirectory() + "latent-fuzz-\(UUID().uuidString)"
    defer { try? FileManager.default.removeItem(atPath: folder) }
    try body(folder)
  }

  @Test(arguments: Reader.data.map(\.name)) func dataIsReadOrRefused(name: String) throws {
    let reader = try #require(Reader.data.first { $0.name == name })
    try withFolder { folder in
      let found = try faults(reader, folder, count: 300)
      #expect(found == [])
    }
  }

  @Test func runsAreReadOrRefused() throws {
    try withFolder { folder in
      for reader in try Reader.runs(in: folder) {
        #expect(try faults(reader, folder, count: 200) == [], "\(reader.name)")
      }
    }
  }
}
