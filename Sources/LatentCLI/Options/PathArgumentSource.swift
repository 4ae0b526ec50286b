import LatentCore

/// A source of arguments that is named by its path.
protocol PathArgumentSource: ArgumentSource {
  /// The source at a path.
  init(path: Path)
  /// Where the source is.
  var path: Path { get }
}

extension PathArgumentSource {
  init?(argument: String) {
    guard let path = Path(argument: argument) else { return nil }
    self.init(path: path)
  }

  var argumentText: String { path.text }
  var place: String { path.text }
}
