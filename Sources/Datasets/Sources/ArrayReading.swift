import Torch

extension ArraySource {
  /// How an array is understood.
  struct Reading {
    let schema: DatasetSchema
    let divisor: Int
    /// Whether channels come last and must be moved.
    let isMoved: Bool

    init(_ array: Tensor, path: String, _ options: inout SourceOptions) throws {
      let kind = try options.word("kind", ["image", "vector"])
      guard array.rank >= 1, array.count > 0, !array.dtype.isComplex else {
        throw bad(path, "expected at least one example of real numbers, found \(array.shape)")
      }
      let isByte = array.dtype == .uint8
      let image = Self.imageShape(array.shape)
      if let image, kind != "vector", kind == "image" || Self.looksLikeImages(array) {
        schema = DatasetSchema(
          image.shape[0] == 1 ? .greyImage : .colourImage, shape: image.shape, range: 0...1)
        divisor = isByte ? 255 : 1
        isMoved = image.isMoved
        try Self.checkRange(array, path)
      } else {
        guard kind != "image" else {
          throw bad(
            path, "expected images [n, h, w], [n, c, h, w] or [n, h, w, c], found \(array.shape)")
        }
        schema = DatasetSchema(.vector, shape: [array.count / array.size(0)])
        divisor = 1
        isMoved = false
      }
    }

    func arranged(_ array: Tensor) -> Tensor {
      let moved = isMoved ? array.permuted([0, 3, 1, 2]).contiguous() : array
      return moved.reshaped([array.size(0)] + schema.exampleShape)
    }

    private static func imageShape(_ shape: [Int]) -> (shape: [Int], isMoved: Bool)? {
      switch shape.count {
      case 3: ([1, shape[1], shape[2]], false)
      case 4 where [1, 3].contains(shape[1]): (Array(shape[1...]), false)
      case 4 where [1, 3].contains(shape[3]): ([shape[3], shape[1], shape[2]], true)
      default: nil
      }
    }

    private static func looksLikeImages(_ array: Tensor) -> Bool {
      if array.dtype == .uint8 { return true }
      guard array.dtype.isFloatingPoint, array.rank == 4 else { return false }
      let first = array[0..<Swift.min(1024, array.size(0))]
      return first.min().item() >= 0 && first.max().item() <= 1
    }

    private static func checkRange(_ array: Tensor, _ path: String) throws {
      guard array.dtype != .uint8 else { return }
      let (low, high) = (array.min().item(), array.max().item())
      guard low >= 0, high <= 1 else {
        throw bad(path, "images: expected values from 0 to 1, found \(low) to \(high)")
      }
    }
  }
}
