import Torch

/// Folders of PNG and JPEG images as data sets: a subfolder is a class.
enum ImageFolderSource {
  /// A folder with subfolders `train` and `test` (and perhaps `validation`, `valid` or `val`) is
  /// divided as they say, any other by the plan.
  ///
  /// Options: `size` (cut and averaged to size × size) and `colour=grey|rgb`.
  static func splits(
    _ path: String, _ options: inout SourceOptions, plan: SplitPlan
  ) throws -> DatasetSplits {
    let sizeGiven = try options.integer("size", 0...4096, default: 0)
    let size = sizeGiven == 0 ? nil : sizeGiven
    let colour = try options.word("colour", ["grey", "rgb"]).map { $0 == "rgb" }
    try options.finish()
    let name = FilePath.lastComponent(path)
    guard FilePath.isFolder("\(path)/train"), FilePath.isFolder("\(path)/test") else {
      return try plan.divide(dataset(ImageFolder(path, size: size, colour: colour), name))
    }
    let images = try ImageFolder("\(path)/train", size: size, colour: colour)
    let train = try dataset(images, name)
    func part(_ folder: String) throws -> any Dataset {
      let other = try ImageFolder(
        "\(path)/\(folder)", size: size, colour: images.rowShape[0] == 3,
        classNames: images.classNames)
      guard other.rowShape == images.rowShape else {
        throw FileError(
          path: other.path,
          problem: "expected \(images.rowShape) as in train, found \(other.rowShape)",
          remedy: "bring all images to one size with the option size")
      }
      return try dataset(other, name)
    }
    let held = ["validation", "valid", "val"].first { FilePath.isFolder("\(path)/\($0)") }
    guard let held else { return try plan.divide(train) { try part("test") } }
    return DatasetSplits(
      name: name, train: train, validation: try part(held), test: { try part("test") })
  }

  private static func dataset(_ images: ImageFolder, _ name: String) throws -> any Dataset {
    let schema = DatasetSchema(
      images.rowShape[0] == 1 ? .greyImage : .colourImage, shape: images.rowShape, range: 0...1,
      classNames: images.classNames)
    return try Residence.dataset(
      name: name, schema: schema, source: images, divisor: 255,
      labels: images.classNames == nil ? nil : Tensor(images.labels))
  }
}
