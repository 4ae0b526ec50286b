import Foundation
import Testing
import Torch

@Suite struct FileErrorTests {
  @Test func aMissingFileIsNamed() {
    let text = message { try NumPyArray(path: "/no/such/file.npy") }
    #expect(text == "/no/such/file.npy: cannot be opened: No such file or directory")
  }

  @Test func aFolderAndAPipeAreNoFiles() throws {
    try withTemporaryFolder { folder in
      #expect(message { try Safetensors(path: folder) } == "\(folder): is not a plain file")
      let pipe = "\(folder)/pipe"
      #expect(mkfifo(pipe, 0o600) == 0)
      #expect(message { try NumPyArchive(path: pipe) } == "\(pipe): is not a plain file")
    }
  }

  @Test func aMissingFolderHasItsRemedy() throws {
    let error = #expect(throws: FileError.self) {
      try NumPyArray(Tensor(1)).write(to: "/no/such/folder/x.npy")
    }
    #expect(error?.problem == "cannot be created: No such file or directory")
    #expect(error?.remedy == "make the folder first, or choose another place")
  }

  /// Found by bin/fuzz: an entry's name is a text out of the file too.
  @Test func namesOutOfFilesSteerNoTerminal() throws {
    #expect(FileError(path: "a\nb", problem: "c", remedy: "d").description == "a?b: c")
    try withTemporaryFolder { folder in
      let path = "\(folder)/x.npz"
      try NumPyArchive(["\u{1B}[2Jx": Tensor([1, 2])]).write(to: path)
      var bytes = [UInt8](try Data(contentsOf: URL(filePath: path)))
      let magic = try #require(bytes.indices.first { bytes[$0...].starts(with: [0x93, 0x4E]) })
      bytes[magic + 20] ^= 1
      try Data(bytes).write(to: URL(filePath: path))
      let text = message { try NumPyArchive(path: path) }
      #expect(text.hasPrefix("\(path), entry '?[2Jx.npy': "), "\(text)")
    }
  }

  /// Without a checksum a changed byte may pass as data, but only as a tensor or a `FileError`.
  @Test(arguments: ["plain.safetensors", "little-f4.npy", "version-3.npy", "fortran.npy"])
  func noChangedByteStopsTheReader(_ name: String) throws {
    let whole = [UInt8](try Data(contentsOf: URL(filePath: recordedFile(name))))
    try withTemporaryFolder { folder in
      for (place, change) in whole.indices.flatMap({ place in [1, 0x80].map { (place, $0) } }) {
        var bytes = whole
        bytes[place] ^= UInt8(change)
        let path = try put(bytes, folder)
        do {
          if name.hasSuffix("npy") {
            _ = try NumPyArray(path: path)
          } else {
            _ = try Safetensors(path: path)
          }
        } catch {
          #expect(error is FileError, "byte \(place): \(error)")
        }
      }
    }
  }
}
