import LatentNN
import Testing
import Torch

/// A recorded layer of one input and how ours is made.
struct UnaryCase: Sendable, CustomTestStringConvertible {
  let name: String
  var mode = Mode.training
  var dtypes: [DType] = [.float32, .float64]
  var isSmooth = true
  var translate: Translation = sameNames
  let make: @Sendable (Generator) -> any Module & UnaryLayer

  init(
    _ name: String, mode: Mode = .training, dtypes: [DType] = [.float32, .float64],
    isSmooth: Bool = true, translate: @escaping Translation = sameNames,
    make: @escaping @Sendable (Generator) -> any Module & UnaryLayer
  ) {
    self.name = name
    self.mode = mode
    self.dtypes = dtypes
    self.isSmooth = isSmooth
    self.translate = translate
    self.make = make
  }

  var testDescription: String { name }

  /// Checks this case in every element type that was recorded.
  func check() throws {
    for dtype in dtypes {
      try expectRecorded(
        name, dtype, mode: mode, tolerance: tolerance(dtype), isSmooth: isSmooth,
        translate: translate
      ) { generator in
        let layer = make(generator)
        return Subject(layer) { ["output": layer($0["x"]!)] }
      }
    }
  }

  /// Half types: sums of a few rounded products, in another order, differ by some units of the last
  /// place, and that of bfloat16 is 2⁻⁸.
  private func tolerance(_ dtype: DType) -> Double? {
    // Sums over examples are rounded to eight bits for each thread's part, so that they follow the number of threads.
    dtype == .bfloat16 ? 5e-2 : nil
  }
}
