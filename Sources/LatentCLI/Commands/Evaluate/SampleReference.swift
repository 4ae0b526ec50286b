import Datasets
import Evaluation
import Torch

/// The examples that samples are compared with, as a file or a data set of that name.
struct SampleReference {
  /// The examples, with classes where they are known.
  let data: any Dataset
  /// Examples of the same law that are not among them.
  let heldOut: (any Dataset)?

  /// A file, or the training and test part of a named data set.
  ///
  /// Throws `FileError`, `DatasetError` and `CommandError`.
  init(_ name: String, labels: String?, heldOut: String?) throws {
    let isFile = ["npy", "npz", "csv", "tsv"].contains(FilePath.suffix(Self.path(name)))
    let other = try heldOut.map {
      try Self.dataset($0, labels: nil)
    }
    if isFile {
      data = try Self.dataset(name, labels: labels)
      self.heldOut = other
      return
    }
    guard labels == nil else {
      throw CommandError.usage(
        "--labels goes with a reference of a file: data sets have classes of their own, or none",
        remedy: "leave --labels out")
    }
    let splits = try DatasetRegistry.open(name)
    data = splits.train
    self.heldOut = try other ?? splits.test()
  }

  /// `x.npz` of `x.npz:name`.
  private static func path(_ name: String) -> String {
    guard let colon = name.lastIndex(of: ":") else { return name }
    let path = String(name[..<colon])
    return FilePath.suffix(path) == "npz" ? path : name
  }

  /// An array as a data set: pictures where it is [n, c, h, w].
  private static func dataset(_ name: String, labels: String?) throws -> TensorDataset {
    let array = try ArrayFile(name).array.to(.float32)
    let isPicture = array.rank == 4
    let kind: DatasetSchema.Kind =
      isPicture ? (array.size(1) == 3 ? .colourImage : .greyImage) : .vector
    var schema = DatasetSchema(kind, shape: Array(array.shape.dropFirst()))
    var classes: Tensor?
    if let labels {
      let labelled = try LabelledCodes(codes: array, labels: ArrayFile(labels).array)
      schema.classNames = (0..<labelled.classCount).map { "\($0)" }
      classes = labelled.labels
    }
    return try TensorDataset(
      name: FilePath.lastComponent(name), schema: schema, examples: array, labels: classes)
  }
}
