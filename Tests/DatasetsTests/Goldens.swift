import Datasets
import Foundation

/// The bytes of a file in `Goldens`.
func golden(_ name: String, beside file: String = #filePath) throws -> [UInt8] {
  let folder = URL(fileURLWithPath: file).deletingLastPathComponent()
  return [UInt8](try Data(contentsOf: folder.appendingPathComponent("Goldens/\(name)")))
}

/// The same as a file in memory.
func memory(_ bytes: [UInt8], _ path: String = "file") -> MemoryBytes {
  MemoryBytes(bytes, path: path)
}
