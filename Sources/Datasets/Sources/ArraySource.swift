import Torch

/// Arrays without further description as data sets: the shape decides what they are.
enum ArraySource {
  /// Unsigned bytes [n, h, w] or [n, c, h, w] with 1 or 3 channels are images; everything else is
  /// vectors, flattened.
  static func idx(_ path: String) throws -> TensorDataset {
    try dataset(IDX.read(path), path: path)
  }

  static func dataset(_ array: Tensor, path: String) throws -> TensorDataset {
    let name = FilePath.lastComponent(path)
    guard array.rank >= 1, array.count > 0 else {
      throw FileError(
        path: path, problem: "expected at least one example, found shape \(array.shape)",
        remedy: "give an array whose first dimension counts the examples")
    }
    if array.dtype == .uint8, let images = asImages(array) {
      let kind: DatasetSchema.Kind = images.size(1) == 1 ? .greyImage : .colourImage
      return try TensorDataset(
        name: name,
        schema: DatasetSchema(kind, shape: Array(images.shape.dropFirst()), range: 0...1),
        examples: images, divisor: 255)
    }
    let rows = array.reshaped([array.size(0), array.count / array.size(0)])
    return try TensorDataset(
      name: name, schema: DatasetSchema(.vector, shape: [rows.size(1)]), examples: rows)
  }

  /// [n, c, h, w] with 1 or 3 channels, if the shape can be read so.
  private static func asImages(_ array: Tensor) -> Tensor? {
    switch array.rank {
    case 3: array.unsqueezed(dim: 1)
    case 4 where [1, 3].contains(array.size(1)): array
    case 4 where [1, 3].contains(array.size(3)): array.permuted([0, 3, 1, 2]).contiguous()
    default: nil
    }
  }
}
