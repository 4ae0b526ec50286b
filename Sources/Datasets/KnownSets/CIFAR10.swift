import Torch

/// Colour images of ten classes in the files of CIFAR-10's binary version.
///
/// Read are all of `data_batch_1.bin` … `data_batch_5.bin` that are there, `test_batch.bin` and the
/// names in `batches.meta.txt`. Fewer than 50,000 training images are called a subset.
enum CIFAR10 {
  static func splits(folder: String, plan: SplitPlan) throws -> DatasetSplits {
    let names = try classNames(folder)
    let batches = (1...5).map { "\(folder)/data_batch_\($0).bin" }.filter(FilePath.isFile)
    guard !batches.isEmpty else {
      throw FileError(
        path: "\(folder)/data_batch_1.bin", problem: "there is no such file",
        remedy: "unpack cifar-10-binary.tar.gz into this folder")
    }
    let records = try batches.map { try InputFile($0).count / CIFARBinary.record }.reduce(0, +)
    let name = records < 50_000 ? "cifar10 subset" : "cifar10"
    return try plan.divide(dataset(batches, names, name: name)) {
      try dataset(["\(folder)/test_batch.bin"], names, name: name)
    }
  }

  static func dataset(
    _ paths: [String], _ names: [String], name: String
  ) throws -> TensorDataset {
    let parts = try paths.map { path in try CIFARBinary.open(InputFile(path)) }
    let images = try parts.map { try $0.images.rows(Array(0..<$0.images.count)) }
    let labels = concatenated(parts.map(\.labels))
    return try TensorDataset(
      name: name,
      schema: DatasetSchema(.colourImage, shape: [3, 32, 32], range: 0...1, classNames: names),
      examples: concatenated(images), divisor: 255, labels: labels)
  }

  static let usualNames = [
    "airplane", "automobile", "bird", "cat", "deer", "dog", "frog", "horse", "ship", "truck",
  ]

  private static func classNames(_ folder: String) throws -> [String] {
    let path = "\(folder)/batches.meta.txt"
    guard FilePath.isFile(path) else { return usualNames }
    let names = try TextFile.lines(path).filter { !$0.isEmpty }
    guard names.count == 10 else {
      throw FileError(
        path: path, problem: "expected 10 names, found \(names.count)",
        remedy: "remove the file, or put one name a line")
    }
    return names
  }
}
