import Foundation
import Torch

/// Right files: those that the tests have recorded from other programs, and some written here.
enum Corpus {
  private static let root = URL(filePath: #filePath).appending(path: "../../../..")
    .standardizedFileURL.path

  /// The recorded files of a folder of the checkout whose names end so, by name.
  static func recorded(_ folder: String, _ ending: String) -> [[UInt8]] {
    let place = "\(root)/Tests/\(folder)"
    let names = (try? FileManager.default.contentsOfDirectory(atPath: place)) ?? []
    return names.sorted().filter { $0.hasSuffix(ending) && !$0.hasPrefix("refused") }
      .compactMap { FileManager.default.contents(atPath: "\(place)/\($0)").map { [UInt8]($0) } }
  }

  /// IDX files of each type of element.
  static let idx: [[UInt8]] = [(0x08, 1), (0x09, 1), (0x0B, 2), (0x0C, 4), (0x0D, 4), (0x0E, 8)]
    .map { type, width in
      [0, 0, type, 3, 0, 0, 0, 6, 0, 0, 0, 2, 0, 0, 0, 2]
        + (0..<24 * width).map { UInt8(truncatingIfNeeded: $0 * 7 % 60) }
    }

  /// Tables with and without a head, with words, quotes, and each separator.
  static let csv: [[UInt8]] = [
    "a,b,label\n1,2,x\n3.5,-4e2,y\n5,6,x\n7,8,y\n9,10,x\n", "1;2\n3;4\n5;6\n7;8\n9;10\n",
    "\u{FEFF}\"a \"\"q\"\"\"\t\"b\nc\"\r\n1\t2\r\n3\t4\r\n5\t6\r\n7\t8\r\n", "1\n2\n3\n4\n5\n6\n",
    "\n\n0.5, .25 ,-1\n\n1e-3,2E+4,3\n1,2,3\n4,5,6\n7,8,9\n",
  ].map { Array($0.utf8) }

  /// Six records.
  static let cifar: [[UInt8]] = [
    (0..<6).flatMap { record in
      [UInt8(record)] + (0..<3072).map { UInt8(truncatingIfNeeded: $0 * (record + 3)) }
    }
  ]

  /// Lines of letters and of words, one with letters beyond ASCII.
  static let text: [[UInt8]] = [
    "anna\nbert\ncäsar\ndora\nemil\nfriedrich\n",
    "the cat sat\non the mat\r\nand was\nfat\n\na b\n",
  ].map { Array($0.utf8) }

  /// Images and vectors as one array each.
  static let arrays: [[UInt8]] = [
    Tensor.arange(0, 24, step: 1).reshaped([6, 2, 2]).to(.uint8),
    Tensor.arange(0, 72, step: 1).reshaped([6, 2, 2, 3]).to(.uint8),
    Tensor.linspace(0, 1, count: 24).reshaped([6, 1, 2, 2]),
    Tensor.arange(0, 12, step: 1).reshaped([6, 2]),
  ].map { array in written { try NumPyArray(array).write(to: $0) } }

  /// Examples with labels and factors, and with a test part.
  private static var parts: [[String: Tensor]] {
    [
      [
        "x": Tensor.arange(0, 24, step: 1).reshaped([6, 2, 2]).to(.uint8),
        "y": Tensor([0, 1, 2, 0, 1, 2]),
        "factors": Tensor([0, 1, 0, 1, 0, 1, 2, 0, 1, 1, 2, 0], shape: [6, 2]),
      ],
      [
        "x_train": Tensor.arange(0, 12, step: 1).reshaped([6, 2]),
        "x_test": Tensor.arange(0, 4, step: 1).reshaped([2, 2]),
      ],
    ]
  }

  /// NPZ files of several arrays.
  static let archives: [[UInt8]] = parts.flatMap { parts in
    [true, false].map { packed in
      written { try NumPyArchive(parts).write(to: $0, compressed: packed) }
    }
  }

  /// Safetensors files of several tensors.
  static let tensors: [[UInt8]] = parts.map { parts in
    written { try Safetensors(parts, metadata: ["a": "b"]).write(to: $0) }
  }

  private static func written(_ write: (String) throws -> Void) -> [UInt8] {
    let path = NSTemporaryDirectory() + "latent-corpus-\(UUID().uuidString)"
    defer { try? FileManager.default.removeItem(atPath: path) }
    try? write(path)
    return FileManager.default.contents(atPath: path).map { [UInt8]($0) } ?? []
  }

  /// A PNG image of zeros, as small as it can be written.
  static func blankPNG(width: Int, height: Int) -> [UInt8] {
    func big(_ value: Int) -> [UInt8] { (0..<4).map { UInt8(value >> (24 - 8 * $0) & 255) } }
    func chunk(_ name: String, _ content: [UInt8]) -> [UInt8] {
      big(content.count) + Array(name.utf8) + content + [0, 0, 0, 0]
    }
    // A zlib stream is a gzip stream with another head and tail: ten bytes before, eight after.
    let packed = Repair.gzip([UInt8](repeating: 0, count: (width + 1) * height))
    let rows = (width + 1) * height
    // Adler-32 of zeros: 1, and the number of them.
    let sum = big(rows % 65521 << 16 | 1)
    let data = [0x78, 0x01] + packed.dropFirst(10).dropLast(8) + sum
    return Repair.png(
      [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A]
        + chunk("IHDR", big(width) + big(height) + [8, 0, 0, 0, 0]) + chunk("IDAT", data)
        + chunk("IEND", []))
  }

  /// A JPEG file whose head says other sides.
  static func resized(_ jpeg: [UInt8], side: Int) -> [UInt8] {
    var bytes = jpeg
    for place in 0..<max(0, bytes.count - 9)
    where bytes[place] == 0xFF && (bytes[place + 1] == 0xC0 || bytes[place + 1] == 0xC2) {
      for start in [place + 5, place + 7] {
        bytes[start] = UInt8(side >> 8)
        bytes[start + 1] = UInt8(side & 255)
      }
      break
    }
    return bytes
  }

  static func repeated(_ text: String, bytes: Int) -> [UInt8] {
    let piece = Array(text.utf8)
    return (0..<bytes / piece.count).flatMap { _ in piece }
  }
}
