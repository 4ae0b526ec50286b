package import Torch

/// The binary version of CIFAR-10: records of a label byte and 3 × 32 × 32 pixel bytes.
///
/// Format: A. Krizhevsky 2009, https://www.cs.toronto.edu/~kriz/cifar.html, «Binary version».
package enum CIFARBinary {
  static let record = 1 + 3 * 32 * 32

  /// The images as rows [3, 32, 32] of bytes and the labels [n] of one file.
  ///
  /// Throws `FileError` when the length is no whole number of records or a label is 10 or more.
  package static func open(_ file: any ByteSource) throws -> (images: RecordFile, labels: Tensor) {
    guard file.count > 0, file.count % record == 0 else {
      throw bad(
        file.path,
        "expected a whole number of records of \(record) bytes, found \(file.count) bytes")
    }
    let count = file.count / record
    let labels = try RecordFile(
      file, start: 0, stride: record, count: count, rowShape: [], dtype: .uint8
    ).rows(Array(0..<count))
    let numbers = labels.to(.int64)
    let largest = numbers.max().integerItem()
    guard largest < 10 else {
      throw bad(file.path, "expected labels from 0 to 9, found \(largest)")
    }
    let images = RecordFile(
      file, start: 0, stride: record, field: 1, count: count, rowShape: [3, 32, 32], dtype: .uint8)
    return (images, numbers)
  }

  private static func bad(_ path: String, _ problem: String) -> FileError {
    FileError(
      path: path, problem: "is no CIFAR-10 binary file: \(problem)",
      remedy: "check that it is complete; CIFAR-100 and the Python version are other formats")
  }
}
