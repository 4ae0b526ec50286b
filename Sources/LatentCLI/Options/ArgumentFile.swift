import LatentCore

/// A JSON5 file that holds arguments and options by name, in place of words on the command line.
///
///     @Option("Read options from this file.", name: "recipe-file") var file: ArgumentFile?
///
///     { recipe: "vae", data: "digits", epochs: 30, set: { beta: 4, hidden: [400, 200] } }
///
/// Relative paths in it are relative to the working folder.
struct ArgumentFile: PathArgumentSource, Hashable {
  /// Where the file is.
  let path: Path

  static var expectation: String { "a path" }
  static var completion: Completion { .files }

  init(path: Path) { self.path = path }

  /// The members of the file.
  func members() throws(CommandError) -> [JSONObject.Member] {
    let text = try TextFile.read(path)
    do {
      return try JSON5Reader.object(text, source: path.text).members
    } catch {
      throw CommandError(error)
    }
  }
}
