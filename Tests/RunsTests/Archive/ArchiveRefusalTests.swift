import Foundation
import Runs
import Testing

/// Archives that are damaged, or made to write where they should not.
@Suite struct ArchiveRefusalTests {
  private let remedy = "export it again with latent export, and copy it whole"

  /// The refusal of an archive; nothing may be left of it.
  private func refusal(of bytes: [UInt8]) throws -> String {
    try withTemporaryFolder { folder in
      let path = "\(folder)/a.tar"
      try Data(bytes).write(to: URL(filePath: path))
      let found = RunsTests.refusal(in: folder) {
        try RunFolder.importing(path, into: "\(folder)/runs")
      }
      #expect(try FileManager.default.subpathsOfDirectory(atPath: folder) == ["a.tar"])
      return found
    }
  }

  /// An archive of a written record and `change`.
  private func archive(
    run: String = "run", announcing files: [(String, [UInt8])] = [], _ change: (inout Ustar) -> Void
  ) -> [UInt8] {
    let list = files.map { name, bytes in
      "{\"path\": \"\(name)\", \"bytes\": \(bytes.count), \"sha256\": \"0\"}"
    }
    let manifest = """
      {"format": 1, "run": "\(run)", "version": "0", "source": "digits", "fingerprint": "",
       "includesData": false, "files": [\(list.joined(separator: ","))]}
      """
    var tar = Ustar()
    tar.add("\(run)/archive.json", Array(manifest.utf8))
    change(&tar)
    return tar.finished
  }

  @Test func whatIsNoArchive() throws {
    #expect(try refusal(of: []).hasPrefix("·/a.tar: is no exported run: "))
    #expect(try refusal(of: Array("hello".utf8)).hasPrefix("·/a.tar: is no exported run: "))
    var other = Ustar()
    other.add("run/run.json", [1])
    #expect(
      try refusal(of: other.finished)
        == "·/a.tar: is no exported run: its first file is not archive.json\n\(remedy)")
  }

  @Test(arguments: [
    "../run.json", "run/../../run.json", "/run/run.json", "run//run.json", "run/./run.json",
    "run/a\u{7}b", "run\\..\\x",
  ]) func namesThatLeadElsewhere(name: String) throws {
    let bytes = archive { $0.add(name, [1]) }
    #expect(
      try refusal(of: bytes).hasPrefix("·/a.tar: is no exported run: the name '"), "\(name)")
  }

  @Test(arguments: [("1", "/etc/passwd"), ("2", "/etc/passwd"), ("3", ""), ("4", ""), ("6", "")])
  func linksAndDevices(type: String, link: String) throws {
    let bytes = archive(announcing: [("run.json", [])]) {
      $0.add("run/run.json", type: Character(type), link: link)
    }
    #expect(
      try refusal(of: bytes)
        == "·/a.tar: is no exported run: 'run/run.json' is no plain file\n\(remedy)")
  }

  @Test func filesThatAreNotAnnounced() throws {
    let start = "·/a.tar: is no exported run: "
    #expect(
      try refusal(of: archive { $0.add("run/x", [1]) })
        == "\(start)'x' is not what its archive.json announces\n\(remedy)")
    #expect(
      try refusal(of: archive(announcing: [("x", [1])]) { $0.add("other/x", [1]) })
        == "\(start)'x' is not what its archive.json announces\n\(remedy)")
    #expect(
      try refusal(of: archive(announcing: [("x", [1])]) { _ in })
        == "\(start)'x' is missing\n\(remedy)")
    #expect(
      try refusal(of: archive(announcing: [("x", [1])]) { $0.add("run/x", [1]) })
        == "\(start)'x' is damaged: its SHA-256 is another\n\(remedy)")
    #expect(
      try refusal(of: archive(run: ".run") { _ in })
        == "\(start)its archive.json is damaged or of another version\n\(remedy)")
  }

  @Test func cutsAndChangedBytes() throws {
    try withTemporaryFolder { folder in
      let run = try RunFolder(existing: smallRun(in: folder, name: "run", steps: 1))
      try run.export(to: "\(folder)/a.tar")
      let whole = [UInt8](try Data(contentsOf: URL(filePath: "\(folder)/a.tar")))
      // The last two blocks are the end mark and padding, which a reader need not have.
      for count in stride(from: 0, to: whole.count - 10_240, by: whole.count / 40) {
        #expect(try refusal(of: Array(whole[..<count])).hasSuffix(remedy), "cut to \(count)")
      }
      for place in stride(from: 700, to: whole.count - 10_240, by: whole.count / 60) {
        var bytes = whole
        bytes[place] ^= 0x41
        let found = try withTemporaryFolder { other in
          try Data(bytes).write(to: URL(filePath: "\(other)/a.tar"))
          return RunsTests.refusal(in: other) {
            let copy = try RunFolder.importing("\(other)/a.tar", into: other).folder
            // A byte of padding or of a time changes nothing that is kept.
            #expect(try copy.record() == run.record())
          }
        }
        #expect(found.isEmpty || found.hasSuffix(remedy), "byte \(place)")
      }
    }
  }
}
