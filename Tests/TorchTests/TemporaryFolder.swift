import Foundation

/// Runs `body` with the path of a folder of its own, which is removed afterwards.
func withTemporaryFolder<Result>(_ body: (String) throws -> Result) throws -> Result {
  let folder = FileManager.default.temporaryDirectory.appending(path: UUID().uuidString)
  try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
  defer { try? FileManager.default.removeItem(at: folder) }
  return try body(folder.path())
}

/// Writes bytes to a file of a folder and gives its path.
func put(_ bytes: [UInt8], _ folder: String, _ name: String = "file") throws -> String {
  let path = "\(folder)/\(name)"
  try Data(bytes).write(to: URL(filePath: path))
  return path
}

/// The recorded file of this name.
func recordedFile(_ name: String) -> String {
  let folder = URL(filePath: #filePath).deletingLastPathComponent()
  return folder.appending(path: "Goldens/files/\(name)").path()
}

/// What `body` throws, as text; the empty text if it throws nothing.
func message<Result>(_ body: () throws -> Result) -> String {
  do {
    _ = try body()
    return ""
  } catch {
    return "\(error)"
  }
}
