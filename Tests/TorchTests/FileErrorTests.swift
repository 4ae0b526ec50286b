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
}
