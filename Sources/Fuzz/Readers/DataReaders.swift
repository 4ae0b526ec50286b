import Datasets
import Torch

extension Reader {
  /// The readers of data, each through its own interface and as a source of a training.
  static var data: [Reader] { [idx, npy, npz, csv, cifar, png, jpeg, safetensors, gzip, text] }

  private static let torchFiles = "TorchTests/Goldens/files"
  private static let pictures = "DatasetsTests/Goldens"

  static var idx: Reader {
    Reader(
      name: "idx", path: "x.idx", seeds: Corpus.idx,
      // Announces 8 GB.
      hostile: [[0, 0, 0x0E, 3, 0, 0, 4, 0, 0, 0, 4, 0, 0, 0, 4, 0]],
      reads: [{ _ = try IDX.read($0) }, open])
  }

  static var npy: Reader {
    Reader(
      name: "npy", path: "x.npy", seeds: Corpus.recorded(torchFiles, ".npy") + Corpus.arrays,
      reads: [{ _ = try NumPyArray(path: $0) }, open])
  }

  static var npz: Reader {
    let arrays = Corpus.recorded(torchFiles, ".npy") + Corpus.arrays
    // The archive itself is mutated, and, where sums would hide it, the array in it.
    return Reader(
      name: "npz", path: "x.npz",
      seeds: Corpus.recorded(torchFiles, ".npz") + Corpus.archives + arrays.map(zipped),
      repair: { bytes in bytes.starts(with: [0x93]) ? zipped(bytes) : bytes },
      reads: [{ _ = try NumPyArchive(path: $0) }, open])
  }

  private static func zipped(_ array: [UInt8]) -> [UInt8] { Repair.zip("x.npy", array) }

  static var csv: Reader {
    Reader(
      name: "csv", path: "x.csv", seeds: Corpus.csv,
      hostile: ["1,", ",", "\n", "1\n", "\"", "a,1\n", "1 \t"].map {
        Corpus.repeated($0, bytes: 4 << 20)
      },
      reads: [{ _ = try CSV(InputFile($0)) }, open])
  }

  static var cifar: Reader {
    Reader(
      name: "cifar", path: "x.bin", seeds: Corpus.cifar,
      reads: [{ _ = try CIFARBinary.open(InputFile($0)).images.rows([0]) }, open])
  }

  static var png: Reader {
    Reader(
      name: "png", path: "png/x.png", seeds: Corpus.recorded(pictures, ".png"),
      repair: Repair.png,
      hostile: [
        Corpus.blankPNG(width: 16_384, height: 1300), Corpus.blankPNG(width: 16_384, height: 1),
      ],
      reads: decoding
    )
  }

  static var jpeg: Reader {
    let seeds = Corpus.recorded(pictures, ".jpg")
    return Reader(
      name: "jpeg", path: "jpeg/x.jpg", seeds: seeds,
      hostile: seeds.flatMap { seed in [512, 2000, 4600].map { Corpus.resized(seed, side: $0) } },
      reads: decoding
    )
  }

  static var safetensors: Reader {
    let seeds = Corpus.recorded(torchFiles, ".safetensors") + Corpus.tensors
    return Reader(
      name: "safetensors", path: "x.safetensors", seeds: seeds,
      hostile: [manyTensors, headOnly(Corpus.repeated("[", bytes: 2 << 20))],
      reads: [{ _ = try Safetensors(path: $0) }, open])
  }

  static func headOnly(_ head: [UInt8]) -> [UInt8] {
    (0..<8).map { UInt8(truncatingIfNeeded: head.count >> (8 * $0)) } + head
  }

  private static let manyTensors: [UInt8] = {
    let entries = (0..<40_000).map { number in
      "\"\(number)\":{\"dtype\":\"U8\",\"shape\":[0],\"data_offsets\":[0,0]}"
    }
    return headOnly(Array("{\(entries.joined(separator: ","))}".utf8))
  }()

  static var gzip: Reader {
    Reader(
      name: "gzip", path: "x.csv.gz", seeds: Corpus.csv.map(Repair.gzip),
      hostile: [Repair.gzip(Corpus.repeated("1,2\n", bytes: 8 << 20))],
      reads: [open])
  }

  static var text: Reader {
    Reader(
      name: "text", path: "x.txt", seeds: Corpus.text,
      reads: [{ _ = try TextFile.lines($0) }, open])
  }

  /// Opens a file as data and uses every part once.
  private static func open(_ path: String) throws {
    let splits = try DatasetRegistry.open(path)
    _ = try DatasetSummary(of: splits.train)
    _ = try splits.test().batch([0])
    _ = try splits.fingerprint
  }

  private static var decoding: [(String) throws -> Void] {
    [
      { _ = try Picture.decode(InputFile($0), grey: true) },
      { _ = try Picture.decode(InputFile($0), grey: false) }, openFolder,
    ]
  }

  private static func openFolder(of path: String) throws {
    let folder = String(path[..<(path.lastIndex(of: "/") ?? path.endIndex)])
    do {
      try open(folder + ":size=4")
    } catch let error as DatasetError {
      // One image cannot be divided, which is no refusal of the image.
      guard error.kind == .usage else { throw error }
    }
  }
}
