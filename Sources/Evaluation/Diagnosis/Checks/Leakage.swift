/// Do held-out examples stand in the training part?
///
/// Copies are exact, bit for bit, over all examples of both parts. More than 1 % of the held-out part, and
/// more than twice the share of training examples that have a twin among themselves, is severe; data that
/// are full of twins (small pictures, short words) are no leak.
public struct Leakage: DiagnosticCheck {
  /// The check.
  public init() {}

  /// `leakage`.
  public var name: String { "leakage" }
  /// What is looked at.
  public var question: String { "Do held-out examples stand in the training part?" }

  /// That they do; nil for a graph, of which edges are held out and not examples.
  public func findings(_ patient: Patient) -> [Finding]? {
    guard let copies = patient.copies else { return nil }
    guard copies.heldInTrain > 0.01, copies.heldInTrain > 2 * copies.trainTwice else { return [] }
    return [
      Finding(
        "leakage", .severe,
        "Held-out examples were trained on: what is measured on them is no test.",
        evidence: [
          .init(
            "held-out examples that are training examples", copies.heldInTrain,
            threshold: "above 0.01"),
          .init(
            "training examples with a twin", copies.trainTwice,
            threshold: "less than half of the above"),
        ],
        remedy: Remedy("Split the data anew, whole groups of copies on one side."))
    ]
  }
}
