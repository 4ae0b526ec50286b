/// What samples are compared with.
struct SampleOptions: ArgumentGroup {
  @Option(
    "Samples [n, …] of a model instead of a run; compared with --reference.", value: "file",
    completion: .files)
  var samples: Path?
  @Option(
    "Examples of the law that samples should follow: a file, or the name of a data set.",
    value: "source", completion: .files)
  var reference: Path?
  @Option(
    "Examples that the model was not trained on, for memorisation; the reference is what it was.",
    value: "file", completion: .files)
  var heldOut: Path?
  @Option("Where distances are measured; network for images, data for vectors if left out.")
  var space: SampleSpace?

  /// Whether samples are to be compared.
  var isGiven: Bool { samples != nil || reference != nil || heldOut != nil }
}

/// Where distances between samples are measured.
enum SampleSpace: String, CaseIterable, ArgumentValue {
  /// In the features of a network trained on the reference.
  case network
  /// In the numbers themselves.
  case data
}
