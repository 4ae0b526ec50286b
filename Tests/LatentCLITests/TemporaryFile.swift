import FoundationEssentials

/// Calls `body` with the path of a file that holds `text` and is removed afterwards.
func withFile<Result>(_ text: String, _ body: (String) throws -> Result) throws -> Result {
  try withFile(Data(text.utf8), body)
}

/// Calls `body` with the path of a file that holds `data` and is removed afterwards.
func withFile<Result>(_ data: Data, _ body: (String) throws -> Result) throws -> Result {
  let url = FileManager.default.temporaryDirectory.appending(path: "\(UUID()).json5")
  try data.write(to: url)
  defer { try? FileManager.default.removeItem(at: url) }
  return try body(url.path)
}
