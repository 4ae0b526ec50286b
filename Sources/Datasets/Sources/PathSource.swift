import Torch

/// Own files as a source: the format is told by the file's suffix, or by what a folder holds.
enum PathSource {
  /// Opens a file or folder and divides it; `options.source` is the path.
  static func open(_ options: SourceOptions, plan: SplitPlan) throws -> DatasetSplits {
    var options = options
    let path = options.source
    if FilePath.isFolder(path) {
      if FilePath.isFile("\(path)/data_batch_1.bin") {
        try options.finish()
        return try CIFAR10.splits(folder: path, plan: plan)
      }
      if GraphFolder.isGraph(path) {
        try options.finish()
        return try GraphFolder.splits(path, plan: plan)
      }
      return try ImageFolderSource.splits(path, &options, plan: plan)
    }
    switch FilePath.suffix(path) {
    case "npz":
      let arrays = try NumPyArchive(path: path).tensors
      return try ArchiveSource.splits(path, arrays, &options, plan: plan)
    case "safetensors":
      let arrays = try Safetensors(path: path).tensors
      return try ArchiveSource.splits(path, arrays, &options, plan: plan)
    default: break
    }
    let whole = try file(path, &options)
    try options.finish()
    guard whole.count > 0 else {
      throw FileError(
        path: path, problem: "expected at least one example, found none",
        remedy: "give a file with examples")
    }
    return try plan.divide(whole)
  }

  private static func file(_ path: String, _ options: inout SourceOptions) throws -> any Dataset {
    switch FilePath.suffix(path) {
    case "idx": return try ArraySource.idx(path, &options)
    case "npy": return try ArraySource.npy(path, &options)
    case "csv", "tsv": return try TableSource.open(path, &options)
    case "bin": return try cifar(path)
    case "txt", "text": return try TextSource.open(path, &options)
    case _ where FilePath.lastComponent(path).contains("-ubyte"):
      return try ArraySource.idx(path, &options)
    default:
      throw FileError(
        path: path, problem: "its format cannot be told from its name",
        remedy: "use one of \(formats), or a folder of images")
    }
  }

  private static func cifar(_ path: String) throws -> any Dataset {
    let (images, labels) = try CIFARBinary.open(InputFile(path))
    let schema = DatasetSchema(
      .colourImage, shape: [3, 32, 32], range: 0...1, classNames: CIFAR10.usualNames)
    return try Residence.dataset(
      name: FilePath.lastComponent(path), schema: schema, source: images, divisor: 255,
      labels: labels)
  }

  static let formats =
    ".npy, .npz, .safetensors, CIFAR-10's .bin, .idx, -ubyte, .csv, .tsv, .txt (the last five "
    + "also with .gz)"
}
