import Datasets
import Foundation
import Testing
import Torch
import _TestSupport

@Suite struct ArraySourceTests {
  private let plan = SplitPlan(validation: 0, test: 1)

  private func problem(_ source: String) -> String? {
    do {
      _ = try DatasetRegistry.open(source)
      return nil
    } catch { return "\(error)" }
  }

  @Test func bytesAreImagesAndFloatsOutsideTheRangeAreVectors() throws {
    let folder = try TemporaryFolder()
    let bytes = Tensor.arange(5 * 6 * 4).to(.uint8)
    let cases: [(Tensor, DatasetSchema.Kind, [Int])] = [
      (bytes.reshaped([5, 6, 4]), .greyImage, [1, 6, 4]),
      (bytes.reshaped([5, 1, 6, 4]), .greyImage, [1, 6, 4]),
      (bytes.reshaped([5, 4, 2, 3]), .colourImage, [3, 4, 2]),
      (bytes.reshaped([5, 3, 2, 4]), .colourImage, [3, 2, 4]),
      (bytes.reshaped([5, 24]), .vector, [24]),
      (bytes.reshaped([5, 1, 6, 4]).to(.float64), .vector, [24]),
      (bytes.reshaped([5, 1, 6, 4]).to(.float32) / 255, .greyImage, [1, 6, 4]),
    ]
    for (array, kind, shape) in cases {
      let path = "\(folder.path)/x.npy"
      try NumPyArray(array).write(to: path)
      let schema = try DatasetRegistry.open(path, plan: plan).train.schema
      #expect(schema.kind == kind && schema.exampleShape == shape, "\(array.shape)")
    }
  }

  @Test func channelsThatComeLastAreMoved() throws {
    let folder = try TemporaryFolder()
    let image = Tensor.arange(2 * 4 * 2 * 3).to(.uint8).reshaped([2, 4, 2, 3])
    try NumPyArray(image).write(to: "\(folder.path)/x.npy")
    let splits = try DatasetRegistry.open("\(folder.path)/x.npy", plan: plan)
    let kept = try (splits.train.all().examples * 255)[0]
    let both = image.permuted([0, 3, 1, 2]).to(.float32)
    #expect((kept - both[0]).isEqual(to: .zeros([3, 4, 2])) || kept.isEqual(to: both[1]))
  }

  @Test func theSameNumbersHaveOneFingerprintInEveryFormat() throws {
    let folder = try TemporaryFolder()
    let values = (0..<24).map { UInt8($0 * 7) }
    let idx = try folder.write([0, 0, 8, 3, 0, 0, 0, 4, 0, 0, 0, 2, 0, 0, 0, 3] + values, "x.idx")
    let array = values.withUnsafeBytes { Tensor(bytes: $0, shape: [4, 2, 3], dtype: .uint8) }
    try NumPyArray(array).write(to: "\(folder.path)/x.npy")
    try NumPyArchive(["x": array]).write(to: "\(folder.path)/x.npz", compressed: true)
    try Safetensors(["x": array]).write(to: "\(folder.path)/x.safetensors")
    let prints = try [idx, "x.npy", "x.npz", "x.safetensors"].map { name in
      let path = name.hasPrefix("/") ? name : "\(folder.path)/\(name)"
      return try DatasetRegistry.open(path, plan: plan).fingerprint
    }
    #expect(Set(prints).count == 1)
  }

  @Test func archivesHoldLabelsFactorsAndATestPart() throws {
    let folder = try TemporaryFolder()
    let path = "\(folder.path)/a.npz"
    try NumPyArchive([
      "x_train": .zeros([6, 3]), "y_train": Tensor([0, 1, 2, 0, 1, 2]),
      "x_test": .ones([2, 3]), "y_test": Tensor([1, 1]),
    ]).write(to: path)
    let splits = try DatasetRegistry.open(path)
    #expect(splits.train.count == 6 && splits.train.schema.classNames == ["0", "1", "2"])
    #expect(try splits.test().all().labels?.scalars(as: Int.self) == [1, 1])
    let other = "\(folder.path)/b.npz"
    try NumPyArchive([
      "pictures": .zeros([4, 3]),
      "latents_classes": Tensor([0, 1, 0, 1, 2, 0, 2, 1]).reshaped([4, 2]),
    ]).write(to: other)
    let factored = try DatasetRegistry.open("\(other):examples=pictures", plan: plan)
    #expect(factored.train.schema.factors?.map(\.size) == [3, 2])
    #expect(
      problem("\(other):examples=images")?.hasSuffix("expected one of its arrays, found 'images'")
        == true)
    #expect(
      problem(other)?.hasSuffix(
        "expected the option examples to name one of its arrays: "
          + "latents_classes [4, 2], pictures [4, 3]") == true)
  }

  /// Found by mutation: a name with a line's end made the message two lines.
  @Test func namesOfArraysAreMadeFitForOneLine() throws {
    let folder = try TemporaryFolder()
    let path = "\(folder.path)/x.npz"
    try NumPyArchive(["a\nb": .zeros([2, 3]), "c\u{1B}[1m": .zeros([1])]).write(to: path)
    #expect(problem(path)?.hasSuffix("one of its arrays: a?b [2, 3], c?[1m [1]") == true)
  }

  @Test func missingValuesNameTheirExample() throws {
    let folder = try TemporaryFolder()
    let path = "\(folder.path)/x.npy"
    try NumPyArray(Tensor([[1, 2], [3, .nan], [5, 6]])).write(to: path)
    #expect(
      problem(path) == "\(path): example 1: expected finite numbers, found NaN or infinity")
  }

  @Test(arguments: ["npy", "npz", "safetensors"]) func noMutationCrashes(suffix: String) throws {
    let folder = try TemporaryFolder()
    let path = "\(folder.path)/x.\(suffix)"
    let array = Tensor.arange(24).to(.uint8).reshaped([4, 2, 3])
    switch suffix {
    case "npy": try NumPyArray(array).write(to: path)
    case "npz":
      try NumPyArchive(["x": array, "y": Tensor([0, 1, 1, 0])]).write(to: path, compressed: true)
    default: try Safetensors(["x": array, "y": Tensor([0, 1, 1, 0])]).write(to: path)
    }
    let whole = [UInt8](try Data(contentsOf: URL(fileURLWithPath: path)))
    expectOnlyRefusals(mutating: whole, count: 1000) { bytes in
      try folder.write(bytes, "x.\(suffix)")
      return try DatasetRegistry.open(path, plan: plan).train.all()
    }
  }

  /// A file of 300 MB that takes no disk, because its elements are a hole.
  @Test func aLargeFileIsReadByBatches() throws {
    let folder = try TemporaryFolder()
    let path = "\(folder.path)/large.npy"
    let text = "{'descr': '<f4', 'fortran_order': False, 'shape': (300000, 256), }"
    let padding = [UInt8](repeating: 32, count: 117 - text.utf8.count)
    let head = [0x93] + Array("NUMPY".utf8) + [1, 0, 118, 0] + Array(text.utf8) + padding + [10]
    try folder.write(head, "large.npy")
    let handle = try FileHandle(forWritingTo: URL(fileURLWithPath: path))
    try handle.truncate(atOffset: 128 + 300_000 * 1024)
    try handle.seek(toOffset: 128 + 299_999 * 1024)
    try handle.write(contentsOf: Data([0, 0, 0x80, 0x3F]))
    try handle.close()
    let whole = try DatasetRegistry.open(path, plan: SplitPlan(validation: 0, test: 0)).train
    #expect(whole.count == 300_000)
    let places = try whole.batch(Array(0..<256)).examples
    #expect(places.shape == [256, 256] && places.sum().item() == 0)
  }
}
