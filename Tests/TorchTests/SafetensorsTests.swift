import Foundation
import Testing
import Torch
import _TestSupport

@Suite struct SafetensorsTests {
  @Test func recordedFileIsRead() throws {
    let file = try Safetensors(path: recordedFile("plain.safetensors"))
    #expect(file.metadata["torch"]?.hasPrefix("2.") == true)
    let expected: [String: Tensor] = [
      "half": NumPyTests.ramp(.float16, [2, 3]), "bfloat": NumPyTests.ramp(.bfloat16, [2, 3]),
      "bytes": NumPyTests.ramp(.uint8, [2, 3], signed: false),
      "short": NumPyTests.ramp(.int32, [2, 3]), "double": NumPyTests.ramp(.float64, [2, 3]),
      "none": Tensor.zeros([0, 2]),
    ]
    NumPyArchiveTests.expectEqual(file.tensors, expected)
  }

  @Test(arguments: DType.allCases.filter { $0 != .complex128 })
  func writtenTensorsAreReadBackAsTheyWere(_ dtype: DType) throws {
    try withTemporaryFolder { folder in
      let tensors = [
        "a": NumPyTests.ramp(dtype, [2, 3], signed: dtype != .uint8), "b": Tensor([1.0]),
        "c \"é\\": Tensor.zeros([0], dtype: dtype), "d": Tensor(2.5),
      ]
      let metadata = ["note": "a: \"b\", {c}"]
      try Safetensors(tensors, metadata: metadata).write(to: "\(folder)/x")
      let back = try Safetensors(path: "\(folder)/x")
      NumPyArchiveTests.expectEqual(back.tensors, tensors)
      #expect(back.metadata == metadata)
    }
  }

  static func file(_ head: String, data: Int) -> [UInt8] {
    let length = UInt64(head.utf8.count)
    return (0..<8).map { UInt8(truncatingIfNeeded: length >> (8 * $0)) } + Array(head.utf8)
      + [UInt8](repeating: 0, count: data)
  }

  static func entry(_ name: String, _ from: Int, _ to: Int, shape: String = "[1]") -> String {
    "\"\(name)\":{\"dtype\":\"F32\",\"shape\":\(shape),\"data_offsets\":[\(from),\(to)]}"
  }

  @Test(arguments: [
    ("{\(entry("a", 0, 4)),\(entry("b", 2, 6))}", 6, "tensor 'b' overlaps the one before it"),
    ("{\(entry("a", 0, 4)),\(entry("b", 0, 4))}", 4, "tensor 'b' overlaps the one before it"),
    ("{\(entry("a", 0, 4)),\(entry("b", 8, 12))}", 12, "4 bytes before tensor 'b' belong to none"),
    ("{\(entry("a", 0, 4)),\(entry("a", 4, 8))}", 8, "its head has a key twice or an unknown one"),
    (
      "{\"a\":{\"dtype\":\"F32\",\"dtype\":\"F32\",\"shape\":[1],\"data_offsets\":[0,4]}}", 4,
      "its head has a key twice or an unknown one"
    ),
    ("{\(entry("a", 0, 4))}", 5, "expected 4 bytes of data, found 5"),
    ("{\(entry("a", 0, 4))}", 3, "tensor 'a' lies outside the file"),
    ("{\(entry("a", -4, 0))}", 4, "tensor 'a' lies outside the file"),
    ("{\(entry("a", 0, 4, shape: "[2]"))}", 4, "tensor 'a' needs 8 bytes, found 4"),
    ("{\(entry("a", 0, 4, shape: "[-1,-1]"))}", 4, "tensor 'a' has an impossible shape"),
    (
      "{\(entry("a", 0, 0, shape: "[0,4611686018427387904,4]"))}", 0,
      "tensor 'a' has an impossible shape"
    ),
    (
      "{\"a\":{\"dtype\":\"F8_E4M3\",\"shape\":[1],\"data_offsets\":[0,1]}}", 1,
      "tensor 'a' has type F8_E4M3, which is not supported"
    ),
    ("[1, 2]", 0, "expected a JSON head of tensors, found something else"),
    ("{\"a\"", 0, "expected a JSON head of tensors, found something else"),
  ])
  func damagedHeadsAreRefused(_ head: String, _ data: Int, _ problem: String) throws {
    try withTemporaryFolder { folder in
      let path = try put(Self.file(head, data: data), folder)
      #expect(message { _ = try Safetensors(path: path) } == "\(path): \(problem)")
    }
  }

  @Test func aHeadBeyondTheFileOrTheLimitIsRefused() throws {
    try withTemporaryFolder { folder in
      for length: [UInt8] in [[255, 0, 0, 0, 0, 0, 0, 0], [UInt8](repeating: 255, count: 8)] {
        let path = try put(length, folder)
        let text = message { _ = try Safetensors(path: path) }
        #expect(text.hasPrefix("\(path): expected a head within the file's 8 bytes"))
      }
    }
  }

  @Test func everyCutOffFileIsRefused() throws {
    let whole = [UInt8](try Data(contentsOf: URL(filePath: recordedFile("plain.safetensors"))))
    try withTemporaryFolder { folder in
      for length in 0..<whole.count {
        let path = try put(Array(whole.prefix(length)), folder)
        #expect(throws: FileError.self) { try Safetensors(path: path) }
      }
    }
  }
}
