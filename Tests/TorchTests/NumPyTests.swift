import Foundation
import Testing
import Torch
import _TestSupport

@Suite struct NumPyTests {
  /// k − 3 or, without a sign, k.
  static func ramp(_ dtype: DType, _ shape: [Int], signed: Bool = true) -> Tensor {
    let count = shape.reduce(1, *)
    return (Tensor.arange(count) - (signed ? 3 : 0)).reshaped(shape).to(dtype)
  }

  @Test(
    arguments: [
      ("f2", DType.float16), ("f4", .float32), ("f8", .float64), ("i1", .int32), ("i2", .int32),
      ("i4", .int32), ("i8", .int64), ("u1", .uint8), ("u2", .int32), ("u4", .int64),
      ("c8", .complex64), ("c16", .complex128), ("b1", .bool),
    ], ["little", "big"])
  func everyTypeAndByteOrderIsRead(_ type: (name: String, dtype: DType), _ order: String) throws {
    let tensor = try NumPyArray(path: recordedFile("\(order)-\(type.name).npy")).tensor
    let unsigned = type.name.hasPrefix("u") || type.name == "b1"
    expectClose(tensor, Self.ramp(type.dtype, [2, 3], signed: !unsigned), relative: 0, absolute: 0)
  }

  @Test func fortranOrderIsTurnedIntoRowMajor() throws {
    let tensor = try NumPyArray(path: recordedFile("fortran.npy")).tensor
    #expect(tensor.isContiguous)
    expectClose(tensor, Self.ramp(.float32, [2, 3, 4]), relative: 0, absolute: 0)
  }

  @Test func scalarsEmptyArraysAndVectorsKeepTheirShapes() throws {
    let scalar = try NumPyArray(path: recordedFile("scalar.npy")).tensor
    #expect(scalar.shape == [] && scalar.item() == 2.5)
    #expect(try NumPyArray(path: recordedFile("empty.npy")).tensor.shape == [0, 3])
    let vector = try NumPyArray(path: recordedFile("vector.npy")).tensor
    expectClose(vector, Self.ramp(.int64, [5]))
  }

  @Test(arguments: [2, 3]) func laterVersionsAreRead(_ version: Int) throws {
    let tensor = try NumPyArray(path: recordedFile("version-\(version).npy")).tensor
    expectClose(tensor, Self.ramp(.float32, [2, 3]))
  }

  @Test(arguments: [
    ("objects", "pickled Python objects, which are never loaded because loading runs code"),
    ("text", "texts"), ("uint64", "uint64 numbers, which int64 does not hold"),
    ("dates", "dates or durations"), ("records", "records with fields"),
  ])
  func whatIsNoNumberIsRefusedByName(_ name: String, _ what: String) {
    let path = recordedFile("refused-\(name).npy")
    let text = message { _ = try NumPyArray(path: path) }
    #expect(text.hasPrefix("\(path): holds \(what)"), "\(text)")
  }

  @Test(arguments: DType.allCases.filter { $0 != .bfloat16 })
  func writtenTensorsAreReadBackAsTheyWere(_ dtype: DType) throws {
    try withTemporaryFolder { folder in
      for shape in [[], [7], [0, 2], [2, 3, 2]] {
        let tensor = Self.ramp(dtype, shape, signed: dtype != .uint8)
        try NumPyArray(tensor).write(to: "\(folder)/x.npy")
        let back = try NumPyArray(path: "\(folder)/x.npy").tensor
        expectClose(back, tensor, relative: 0, absolute: 0, "\(shape)")
      }
    }
  }

  @Test func aViewIsWrittenInRowMajorOrder() throws {
    try withTemporaryFolder { folder in
      let view = Self.ramp(.float32, [3, 4]).transposed()
      try NumPyArray(view).write(to: "\(folder)/x.npy")
      expectClose(try NumPyArray(path: "\(folder)/x.npy").tensor, view.contiguous())
    }
  }

  @Test func bfloat16CannotBeWritten() {
    let tensor = Tensor.zeros([2], dtype: .bfloat16)
    #expect {
      try NumPyArray(tensor).write(to: "/nowhere/x.npy")
    } throws: {
      ($0 as? FileError)?.problem == "the tensor has bfloat16, which NumPy lacks"
    }
  }

  /// An NPY file of version 1.0 with this head and so many bytes of data.
  static func file(_ head: String, data: Int) -> [UInt8] {
    let length = head.utf8.count
    return [0x93] + Array("NUMPY".utf8) + [1, 0, UInt8(length & 0xff), UInt8(length >> 8)]
      + Array(head.utf8) + [UInt8](repeating: 0, count: data)
  }

  @Test(arguments: [
    ("{'descr': '<f4', 'fortran_order': False, 'shape': (2,)}", 7, "expected 8 bytes for shape"),
    ("{'descr': '<f4', 'fortran_order': False, 'shape': (2,)}", 9, "expected 8 bytes for shape"),
    ("{'descr': '<f4', 'fortran_order': False, 'shape': (-1,)}", 4, "expected a shape of"),
    (
      "{'descr': '<f4', 'fortran_order': False, 'shape': (4611686018427387904, 8)}", 4,
      "has the impossible shape"
    ),
    (
      "{'descr': '<f4', 'fortran_order': False, 'shape': (0, 9223372036854775807, 9)}", 0,
      "has the impossible shape"
    ),
    ("{'descr': '<f4', 'fortran_order': False, 'shape': (99999999999999999999,)}", 4, "expected"),
    ("{'descr': '<f4', 'fortran_order': 0, 'shape': (2,)}", 8, "expected a head with"),
    ("{'descr': '<f4', 'shape': (2,)}", 8, "expected a head with"),
    ("{'descr': '<f4', 'descr': '<f4', 'fortran_order': False, 'shape': (2,)}", 8, "expected a"),
    ("{'descr': '<f3', 'fortran_order': False, 'shape': (2,)}", 6, "holds elements of type 'f3'"),
    ("__import__('os').abort()", 8, "expected a head with"),
    (String(repeating: "(", count: 5000), 8, "expected a head with"),
  ])
  func damagedHeadsAreRefused(_ head: String, _ data: Int, _ problem: String) throws {
    try withTemporaryFolder { folder in
      let path = try put(Self.file(head, data: data), folder)
      let text = message { _ = try NumPyArray(path: path) }
      #expect(text.hasPrefix("\(path): \(problem)"), "\(text)")
    }
  }

  @Test func everyCutOffFileIsRefused() throws {
    let whole = [UInt8](try Data(contentsOf: URL(filePath: recordedFile("little-f4.npy"))))
    try withTemporaryFolder { folder in
      for length in 0..<whole.count {
        let path = try put(Array(whole.prefix(length)), folder)
        #expect(throws: FileError.self) { try NumPyArray(path: path) }
      }
    }
  }

  @Test func aFailedWriteLeavesTheOldFile() throws {
    try withTemporaryFolder { folder in
      let path = "\(folder)/x.npy"
      try NumPyArray(Tensor([1.0])).write(to: path)
      #expect(throws: FileError.self) {
        try NumPyArray(Tensor.zeros([2], dtype: .bfloat16)).write(to: path)
      }
      #expect(try NumPyArray(path: path).tensor.item() == 1)
      #expect(try FileManager.default.contentsOfDirectory(atPath: folder) == ["x.npy"])
    }
  }
}
