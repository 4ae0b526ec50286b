import Datasets
import Testing
import Torch
import _TestSupport

@Suite struct ImageFolderTests {
  @Test func aSubfolderIsAClass() throws {
    let folder = try TemporaryFolder()
    for name in ["b/1.png", "a/1.png", "a/2.png", "a/3.png", "b/2.png", "b/.hidden.png"] {
      try folder.write(golden("grey.png"), "set/\(name)")
    }
    try folder.write("about", "set/a/README.txt")
    let splits = try DatasetRegistry.open("\(folder.path)/set", plan: .init(validation: 1, test: 1))
    #expect(splits.train.schema.classNames == ["a", "b"])
    #expect(splits.train.schema.exampleShape == [1, 4, 6])
    #expect(splits.train.count == 3)
    let image = try splits.train.batch([0]).examples
    expectClose(image[0, 0, 1] * 255, Tensor([60.0, 70, 80, 90, 100, 110]))
  }

  @Test func trainAndTestFoldersStayApart() throws {
    let folder = try TemporaryFolder()
    for name in ["train/x/1.png", "train/y/1.png", "test/y/1.png"] {
      try folder.write(golden("rgb.png"), "set/\(name)")
    }
    let splits = try DatasetRegistry.open("\(folder.path)/set")
    #expect(splits.train.count == 2 && splits.validation == nil)
    #expect(splits.train.schema.kind == .colourImage)
    #expect(try splits.test().all().labels?.scalars(as: Int.self) == [1])
    try folder.write(golden("rgb.png"), "set/test/z/1.png")
    #expect {
      try splits.test()
    } throws: {
      "\($0)" == "\(folder.path)/set/test/z: this class does not occur in the training part"
    }
  }

  @Test func unequalSizesAreRefusedUnlessASizeIsGiven() throws {
    let folder = try TemporaryFolder()
    try folder.write(golden("rgb.png"), "set/1.png")
    try folder.write(golden("rgb.jpg"), "set/2.jpg")
    let path = "\(folder.path)/set"
    #expect {
      try DatasetRegistry.open(path, plan: .init(validation: 0, test: 1))
    } throws: {
      "\($0)" == "\(path)/2.jpg: expected 6×4 pixels as in the first image, found 32×24"
    }
    let splits = try DatasetRegistry.open(
      "\(path):size=4,colour=grey", plan: .init(validation: 0, test: 1))
    #expect(splits.train.schema.exampleShape == [1, 4, 4])
  }

  @Test func aRampStaysARampWhenItIsAveraged() throws {
    let folder = try TemporaryFolder()
    try folder.write(golden("grey.jpg"), "set/1.jpg")
    try folder.write(golden("grey.jpg"), "set/2.jpg")
    let splits = try DatasetRegistry.open(
      "\(folder.path)/set:size=6", plan: .init(validation: 0, test: 1))
    // The middle 24 columns of grey 8x, in sixths of four: 8(4 + 4k + 1.5).
    let row = try splits.train.batch([0]).examples[0, 0, 3] * 255
    expectClose(row, Tensor((0..<6).map { 8 * (4 + 4 * Double($0) + 1.5) }), absolute: 2)
  }

  @Test func aFolderWithoutImagesIsRefused() throws {
    let folder = try TemporaryFolder()
    try folder.write("no image", "set/a.txt")
    #expect {
      try DatasetRegistry.open("\(folder.path)/set")
    } throws: {
      "\($0)" == "\(folder.path)/set: "
        + "expected .png, .jpg or .jpeg files in it or its subfolders, found none"
    }
  }
}
