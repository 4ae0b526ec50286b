import Torch

/// Pixels drawn once for each example: a pixel is 1 when a number that seed, example and place
/// determine is below its value.
enum StaticBinarization {
  static func apply(_ batch: Batch, seed: UInt64) -> Tensor {
    let shape = batch.examples.shape
    let width = batch.indices.isEmpty ? 0 : batch.examples.count / batch.indices.count
    let values = batch.examples.scalars(as: Float.self)
    let pixels = [Float](unsafeUninitializedCapacity: values.count) { buffer, initialized in
      for (row, index) in batch.indices.enumerated() {
        var state = CounterHash.mixed(seed ^ CounterHash.mixed(UInt64(index)))
        for place in row * width..<(row + 1) * width {
          state &+= CounterHash.step
          let uniform = Float(CounterHash.mixed(state) >> 40) * 0x1p-24
          buffer[place] = uniform < values[place] ? 1 : 0
        }
      }
      initialized = values.count
    }
    return Tensor(pixels, shape: shape)
  }
}
