import Torch

/// Sets of 70,000 small grey images in the four files of MNIST.
///
/// Read from a folder with `train-images-idx3-ubyte`, `train-labels-idx1-ubyte`,
/// `t10k-images-idx3-ubyte` and `t10k-labels-idx1-ubyte`, each plain or with `.gz`. Training uses
/// all 60,000 examples unless the plan holds some out; the authors' 10,000 test images are the test
/// part.
enum MNIST {
  /// The splits of the set in the request's folder.
  static func splits(
    _ name: String, _ request: DatasetRegistry.OpenRequest, classNames: [String]
  ) throws -> DatasetSplits {
    try request.options.finish()
    let folder = request.folder
    let train = try part("train", name: name, folder: folder, classNames: classNames)
    return try request.plan.divide(train) {
      try part("t10k", name: name, folder: folder, classNames: classNames)
    }
  }

  private static func part(
    _ prefix: String, name: String, folder: String, classNames: [String]
  ) throws -> TensorDataset {
    let imagePath = try found("\(folder)/\(prefix)-images-idx3-ubyte")
    let labelPath = try found("\(folder)/\(prefix)-labels-idx1-ubyte")
    let images = try IDX.read(imagePath)
    let labels = try IDX.read(labelPath)
    guard images.rank == 3, images.dtype == .uint8 else {
      throw mismatch(imagePath, "images [n, height, width] of bytes", "\(images.shape)")
    }
    guard labels.shape == [images.size(0)], labels.dtype == .uint8 else {
      throw mismatch(labelPath, "\(images.size(0)) labels", "\(labels.shape)")
    }
    let numbers = labels.to(.int64)
    if labels.count > 0, numbers.max().integerItem() >= classNames.count {
      throw mismatch(
        labelPath, "labels below \(classNames.count)", "\(numbers.max().integerItem())")
    }
    return try TensorDataset(
      name: name,
      schema: DatasetSchema(
        .greyImage, shape: [1] + images.shape.dropFirst(), range: 0...1, classNames: classNames),
      examples: images.unsqueezed(dim: 1), divisor: 255, labels: numbers)
  }

  /// The file with or without `.gz`.
  private static func found(_ path: String) throws -> String {
    if let plain = [path, path + ".gz"].first(where: FilePath.isFile) { return plain }
    throw FileError(
      path: path, problem: "expected this file or the same with .gz, found neither",
      remedy: "download the set's four files into one folder")
  }

  private static func mismatch(_ path: String, _ expected: String, _ found: String) -> FileError {
    FileError(
      path: path, problem: "expected \(expected), found \(found)",
      remedy: "check that the four files belong together")
  }
}
