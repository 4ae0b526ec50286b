/// An argument that is read later, by who knows what it may be, and says then where it was written.
protocol PlacedText: ArgumentValue, Hashable {
  /// The option that takes it, with its dashes.
  static var option: String { get }

  init(text: String, place: String)
  /// What was written.
  var text: String { get }
  /// The option, or the file that it stands in.
  var place: String { get }
}

extension PlacedText {
  init?(argument: String) { self.init(argument: argument, written: Self.option) }

  init?(argument: String, written: String) {
    self.init(
      text: argument,
      place: written.split(separator: " in ", maxSplits: 1).last.map(String.init) ?? written)
  }

  var argumentText: String { text }
}
