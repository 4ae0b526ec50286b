import FoundationEssentials
import Torch

/// The UCI optical digits: 1,797 handwritten digits, 8 × 8 pixels of 17 grey levels, 10 classes.
///
/// They are part of the binary, so they are found wherever it runs. Source: E. Alpaydin,
/// C. Kaynak 1998, «Optical Recognition of Handwritten Digits», UCI Machine Learning Repository,
/// doi:10.24432/C50P49, licence CC BY 4.0. The 1,797 are the repository's test file, the usual set
/// of this name.
public enum Digits {
  /// All 1,797 in the repository's order; examples [1, 8, 8] with values 0, 1/16, …, 1.
  public static func load() throws -> TensorDataset {
    let rows = try decoded()
    let pixels = rows.bytes.withUnsafeBytes {
      Tensor(bytes: $0, shape: [rows.count, 65], dtype: .uint8)
    }
    return try TensorDataset(
      name: "digits",
      schema: DatasetSchema(
        .greyImage, shape: [1, 8, 8], range: 0...1, classNames: (0..<10).map(String.init)),
      examples: pixels[.all, 0..<64].reshaped([rows.count, 1, 8, 8]).contiguous(), divisor: 16,
      labels: pixels[.all, 64].to(.int64))
  }

  /// The usual division: by the habit of `SplitPlan`, 1,257 to learn from, 180 to choose by and
  /// 360 to judge by.
  public static func splits(_ plan: SplitPlan = SplitPlan()) throws -> DatasetSplits {
    try plan.divide(load())
  }

  private static func decoded() throws -> (bytes: [UInt8], count: Int) {
    guard let packed = Data(base64Encoded: digitsData, options: .ignoreUnknownCharacters) else {
      preconditionFailure("the built-in digits are not base64: this is a bug in Datasets")
    }
    let stream = try ByteStream(MemoryBytes([UInt8](packed), path: "built-in digits"))
    return (try stream.bytes(1797 * 65, "digits"), 1797)
  }
}
