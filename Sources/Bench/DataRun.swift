import CZlib
import Datasets
import Torch

/// Our side of rendering: sprites at random places of the grid.
struct SpriteRun {
  private let data: SpriteDataset
  private let count: Int
  private let generator = Generator(seed: 3)

  /// Batches of `count` sprites of the whole grid.
  init(_ count: Int) throws {
    data = try SpriteDataset()
    self.count = count
  }

  /// Writes the numbers of the first batch as `indices`, for peers with another generator; throws `FileError`.
  func write(to path: String) throws {
    let indices = draw(Generator(seed: 3))
    try Safetensors(["indices": indices.to(.int64)]).write(to: path)
  }

  /// The mean pixel of the next batch.
  func batch() -> [Double] {
    guard let batch = try? data.batch(draw(generator).scalars(as: Int.self)) else {
      preconditionFailure("a drawn number lies outside the grid")
    }
    return [batch.examples.mean().item()]
  }

  private func draw(_ generator: Generator) -> Tensor {
    Tensor.randint(0..<data.count, [count], using: generator)
  }
}

/// Our side of reading: a compressed IDX file, decoded and given out once in shuffled batches of 128.
struct DigitsRun {
  private let path: String

  /// Epochs of the file at `path`.
  init(_ path: String) { self.path = path }

  /// The number of examples of an epoch and their mean; stops if the file cannot be read.
  func epoch() -> [Double] {
    guard let images = try? IDX.read(path),
      let data = try? TensorDataset(
        name: "digits", schema: DatasetSchema(.greyImage, shape: [1, 28, 28], range: 0...1),
        examples: images.unsqueezed(dim: 1), divisor: 255)
    else { preconditionFailure("\(path): expected the file that the check has written") }
    let order = BatchOrder(count: data.count, batchSize: 128, seed: 3)
    var (count, sum) = (0, 0.0)
    for _ in 0..<order.batchesPerEpoch {
      guard let batch = try? data.batch(order.next()) else { preconditionFailure("a wrong order") }
      count += batch.count
      sum += batch.examples.sum().item()
    }
    return [Double(count), sum / Double(count * 784)]
  }

  /// Writes 60,000 pictures of 28 × 28 as a compressed IDX file, enlarged from the package's digits; throws `DatasetError`.
  static func write(to path: String) throws {
    let small = try DatasetRegistry.open("digits").train.all().examples
    let large = interpolated(small, size: [28, 28]).clamped(min: 0, max: 1)
    let rows = Tensor.randint(0..<large.size(0), [60_000], using: Generator(seed: 1))
    let pixels = round(large.selected(rows, dim: 0) * 255).to(.uint8)
    var bytes: [UInt8] = [0, 0, 8, 3]
    for size in [60_000, 28, 28] as [UInt32] {
      for shift in [24, 16, 8, 0] as [UInt32] {
        bytes.append(UInt8(truncatingIfNeeded: size >> shift))
      }
    }
    pixels.withUnsafeBytes { bytes += $0 }
    guard let file = gzopen(path, "wb6") else {
      throw FileError(
        path: path, problem: "cannot be opened", remedy: "set TMPDIR to a folder with room")
    }
    let written = gzwrite(file, bytes, UInt32(bytes.count))
    guard gzclose(file) == Z_OK, Int(written) == bytes.count else {
      throw FileError(
        path: path, problem: "cannot be written", remedy: "set TMPDIR to a folder with room")
    }
  }
}
