import Foundation

/// A folder of its own for one test, removed when the object goes.
final class TemporaryFolder {
  let path: String

  init() throws {
    path = NSTemporaryDirectory() + "latent-data-\(UUID().uuidString)"
    try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
  }

  deinit { try? FileManager.default.removeItem(atPath: path) }

  /// Writes a file below the folder, with the folders on its way, and gives its path.
  @discardableResult func write(_ bytes: [UInt8], _ name: String) throws -> String {
    let url = URL(fileURLWithPath: path).appendingPathComponent(name)
    try FileManager.default.createDirectory(
      at: url.deletingLastPathComponent(), withIntermediateDirectories: true)
    try Data(bytes).write(to: url)
    return url.path
  }

  @discardableResult func write(_ text: String, _ name: String) throws -> String {
    try write(Array(text.utf8), name)
  }
}

/// The public sets that this machine has under `LATENT_DATA`.
enum PublicData {
  static func has(_ name: String) -> Bool {
    guard let root = ProcessInfo.processInfo.environment["LATENT_DATA"] else { return false }
    return FileManager.default.fileExists(atPath: "\(root)/\(name)")
  }
}
