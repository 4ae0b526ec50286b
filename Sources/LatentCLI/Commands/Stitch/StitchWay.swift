import LatentModels

/// A way in which codes of one encoder reach what was trained on those of another.
enum StitchWay: String, CaseIterable, Sendable {
  /// As they are: zero-shot between models with relative codes, nonsense between others.
  case direct
  /// As similarities to the anchors' codes, read by a classifier of the other's similarities.
  case relative
  /// Through a rotation with one scale.
  case orthogonal
  /// Through a linear map.
  case linear
  /// Through a linear map with an offset.
  case affine
  /// The same under a penalty.
  case ridge

  /// The family of maps to fit; nil for a way without one.
  func family(penalty: Double) -> LatentTranslation.Family? {
    switch self {
    case .direct, .relative: nil
    case .orthogonal: .orthogonal()
    case .linear: .linear
    case .affine: .affine
    case .ridge: .ridge(penalty: penalty)
    }
  }
}

/// The ways that `--ways` names.
struct StitchWays: ArgumentValue, Hashable {
  /// In the order given.
  let list: [StitchWay]

  static var expectation: String {
    "names between commas of " + StitchWay.allCases.map(\.rawValue).joined(separator: ", ")
  }
  static var completion: Completion { .words(StitchWay.allCases.map(\.rawValue)) }

  init?(argument: String) {
    let parts = argument.split(separator: ",", omittingEmptySubsequences: false)
    let ways = parts.compactMap { StitchWay(rawValue: String($0)) }
    guard ways.count == parts.count, Set(ways).count == ways.count else { return nil }
    list = ways
  }

  var argumentText: String { list.map(\.rawValue).joined(separator: ",") }
}
