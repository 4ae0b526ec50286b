import Foundation
import Testing
import Torch
import _TestSupport

@Suite struct NumPyArchiveTests {
  static var arrays: [String: Tensor] {
    [
      "weights": NumPyTests.ramp(.float32, [2, 3]), "labels": NumPyTests.ramp(.int64, [5]),
      "flags": NumPyTests.ramp(.bool, [2, 3], signed: false),
      "long": Tensor.zeros([200], dtype: .float64), "none": Tensor.zeros([0, 2]),
    ]
  }

  static func expectEqual(_ found: [String: Tensor], _ expected: [String: Tensor]) {
    #expect(Set(found.keys) == Set(expected.keys))
    for (name, tensor) in expected {
      expectClose(found[name] ?? Tensor(0), tensor, relative: 0, absolute: 0, name)
    }
  }

  @Test(arguments: ["stored", "deflated"]) func recordedArchivesAreRead(_ name: String) throws {
    let archive = try NumPyArchive(path: recordedFile("\(name).npz"))
    Self.expectEqual(archive.tensors, Self.arrays)
  }

  @Test(arguments: [false, true]) func writtenArchivesAreReadBack(_ compressed: Bool) throws {
    try withTemporaryFolder { folder in
      var arrays = Self.arrays
      // Numbers that deflate badly, over several of zlib's windows.
      arrays["näme/with space"] = Tensor.randn([50_000], using: Generator(seed: 1))
      try NumPyArchive(arrays).write(to: "\(folder)/x.npz", compressed: compressed)
      Self.expectEqual(try NumPyArchive(path: "\(folder)/x.npz").tensors, arrays)
      try NumPyArchive([:]).write(to: "\(folder)/none.npz", compressed: compressed)
      #expect(try NumPyArchive(path: "\(folder)/none.npz").tensors.isEmpty)
    }
  }

  @Test func equalContentsGiveEqualBytes() throws {
    try withTemporaryFolder { folder in
      let files = try ["a", "b"].map { name in
        try NumPyArchive(Self.arrays).write(to: "\(folder)/\(name)", compressed: true)
        return try Data(contentsOf: URL(filePath: "\(folder)/\(name)"))
      }
      #expect(files[0] == files[1])
    }
  }

  @Test func someNamesCanBeRead() throws {
    let path = recordedFile("stored.npz")
    let archive = try NumPyArchive(path: path, only: ["labels"])
    #expect(Array(archive.tensors.keys) == ["labels"])
    let text = message { _ = try NumPyArchive(path: path, only: ["labels", "missing"]) }
    #expect(text.hasPrefix("\(path): has no array 'missing', only 'weights.npy', 'labels.npy'"))
  }

  @Test(arguments: ["stored", "deflated"]) func everyCutOffFileIsRefused(_ name: String) throws {
    let whole = [UInt8](try Data(contentsOf: URL(filePath: recordedFile("\(name).npz"))))
    try withTemporaryFolder { folder in
      for length in stride(from: 0, to: whole.count, by: 7) {
        let path = try put(Array(whole.prefix(length)), folder)
        #expect(throws: FileError.self) { try NumPyArchive(path: path) }
      }
    }
  }

  /// No flipped bit may crash the reader or pass as other data.
  @Test(arguments: ["stored", "deflated"])
  func aFlippedByteIsRefusedOrHarmless(_ name: String) throws {
    let whole = [UInt8](try Data(contentsOf: URL(filePath: recordedFile("\(name).npz"))))
    try withTemporaryFolder { folder in
      for place in stride(from: 0, to: whole.count, by: 5) {
        var bytes = whole
        bytes[place] ^= 0x41
        let path = try put(bytes, folder)
        guard let archive = try? NumPyArchive(path: path) else { continue }
        for (name, tensor) in archive.tensors {
          guard let expected = Self.arrays[name] else { continue }
          #expect(tensor.isEqual(to: expected), "byte \(place)")
        }
      }
    }
  }

  @Test func aSizeThatDeflateCannotReachIsRefused() throws {
    try withTemporaryFolder { folder in
      let path = "\(folder)/x.npz"
      try NumPyArchive(["x": Tensor.zeros([4])]).write(to: path, compressed: true)
      var bytes = [UInt8](try Data(contentsOf: URL(filePath: path)))
      // The 64-bit size in the directory's extra field: 24 + 22 + 12 bytes before the three ends.
      let field = bytes.count - 22 - 20 - 56 - 24
      bytes.replaceSubrange(field..<(field + 8), with: [0, 0, 0, 0, 0, 1, 0, 0])
      let damaged = try put(bytes, folder)
      let text = message { _ = try NumPyArchive(path: damaged) }
      #expect(text == "\(damaged): entry 1 of its directory is malformed")
    }
  }
}
