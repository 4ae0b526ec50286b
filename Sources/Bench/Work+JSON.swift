public import LatentCore
public import Torch

extension Work {
  /// The figures in the order in which they are shown, by the names that files have for them.
  package static let figures: [(name: String, value: @Sendable (Work) -> Int)] = [
    ("operators", { $0.operators }), ("nodes", { $0.nodes }),
    ("allocations", { $0.allocations }), ("allocated_bytes", { $0.allocatedBytes }),
    ("peak_bytes", { $0.peakBytes }),
  ]

  /// `operators`, `nodes`, `allocations`, `allocated_bytes` and `peak_bytes`.
  public var json: JSONObject {
    var json = JSONObject()
    for figure in Self.figures { json[figure.name] = .int(figure.value(self)) }
    return json
  }

  /// The figures of an object; nil if one is missing.
  public init?(_ json: JSONObject) {
    let found = Self.figures.compactMap { json[$0.name]?.whole }
    guard found.count == Self.figures.count else { return nil }
    self.init()
    (operators, nodes, allocations) = (found[0], found[1], found[2])
    (allocatedBytes, peakBytes) = (found[3], found[4])
  }
}
