import LatentCore

/// A value that stands for further arguments and options, by name: a file of them, or a run.
///
/// An option of such a type makes the parser read the source. What the command line says wins over
/// the source. An option that may be repeated takes a list, or an object whose members become
/// `key=value`; those of the command line follow. A flag takes `true` or `false`.
protocol ArgumentSource: ArgumentValue {
  /// What messages call the source.
  var place: String { get }

  /// The arguments and options, named as on the command line without dashes.
  ///
  /// **Fails** with exit code 3 when the source cannot be read and 2 when it holds no such thing.
  func members() throws(CommandError) -> [JSONObject.Member]
}

/// A type of argument known by its place that a source may stand in for: `latent train vae` and
/// `latent train run.json5`.
protocol ReplaceableBySource: ArgumentValue {
  /// The source that `word` names, or `nil` when it is a value.
  static func source(named word: String) -> (any ArgumentSource)?
}

extension JSONValue {
  /// The words of a command line that the value stands for: one, or for a repeated option any
  /// number; `nil` when it cannot be one word.
  func argumentWords(isRepeated: Bool) -> [String]? {
    switch self {
    case .object(let object):
      return isRepeated ? Self.flattened(object, section: "") : nil
    case .array(let elements) where isRepeated:
      let found = elements.compactMap { $0.argumentWords(isRepeated: false) }
      return found.count == elements.count ? found.flatMap { $0 } : nil
    case .array, .null:
      return nil
    default:
      return [ConfigField.text(of: self)]
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
