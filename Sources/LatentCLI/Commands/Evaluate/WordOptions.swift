/// Words of a codebook that are measured.
struct WordOptions: ArgumentGroup {
  @Option(
    "Words [n, …] instead of a run: for each example the numbers of its entries.", value: "file",
    completion: .files)
  var words: Path?
  @Option("Entries of the codebook that the words are of.", value: "n", check: .atLeast(1))
  var entries: Int?

  /// Whether words are to be measured.
  var isGiven: Bool { words != nil || entries != nil }
}
