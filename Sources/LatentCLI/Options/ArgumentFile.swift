import LatentCore

/// A JSON5 file that holds arguments and options by name, in place of words on the command line.
///
/// An option of this type makes the parser read the file:
///
///     @Option("Read options from this file.", name: "recipe-file") var file: ArgumentFile?
///
///     { recipe: "vae", data: "digits", epochs: 30, set: { beta: 4, hidden: [400, 200] } }
///
/// What the command line says wins over the file. An option that may be repeated takes a list, or
/// an object whose members become `key=value`; those of the command line follow. A flag takes `true`
/// or `false`. Relative paths are relative to the working folder.
struct ArgumentFile: ArgumentValue, Hashable {
  /// Where the file is.
  let path: Path

  static var expectation: String { "a path" }
  static var completion: Completion { .files }

  init?(argument: String) {
    guard let path = Path(argument: argument) else { return nil }
    self.path = path
  }

  var argumentText: String { path.text }

  /// The members of the file.
  ///
  /// **Fails** with exit code 3 when the file cannot be read and 2 when it is no JSON5 object.
  func members() throws(CommandError) -> [JSONObject.Member] {
    let text = try TextFile.read(path)
    do {
      return try JSON5Reader.object(text, source: path.text).members
    } catch {
      throw CommandError(error)
    }
  }

  /// The words that `value` stands for: one, or for a repeated option any number; `nil` when `value`
  /// cannot be one word.
  static func words(for value: JSONValue, isRepeated: Bool) -> [String]? {
    switch value {
    case .object(let object):
      return isRepeated ? flattened(object, section: "") : nil
    case .array(let elements) where isRepeated:
      let found = elements.compactMap { words(for: $0, isRepeated: false) }
      return found.count == elements.count ? found.flatMap { $0 } : nil
    case .array, .null:
      return nil
    default:
      return [ConfigField.text(of: value)]
    }
  }

  private static func flattened(_ object: JSONObject, section: String) -> [String] {
    object.members.flatMap { member in
      if case .object(let inner) = member.value {
        return flattened(inner, section: section + member.name + ".")
      }
      return ["\(section)\(member.name)=\(ConfigField.text(of: member.value))"]
    }
  }
}
