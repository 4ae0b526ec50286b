/// What codes are compared with beside factors.
struct LabelOptions: ArgumentGroup {
  @Option(
    "Classes [n] of the codes, or with --samples of the reference.", value: "file",
    completion: .files)
  var labels: Path?
  @Option(
    "Another encoder's codes of the same examples, for cka, svcca, …", value: "file",
    completion: .files)
  var against: Path?
}
