/// Parameters that are updated otherwise than the rest.
///
///     Optimizer(AdamW(), for: model, learningRate: 1e-3, except: [
///       ParameterGroup(rule: AdamW(weightDecay: 0)) { $0.hasSuffix("bias") },
///       ParameterGroup(rateFactor: 0.1) { $0.hasPrefix("encoder.") },
///     ])
public struct ParameterGroup {
  /// Their rule; nil for the optimiser's.
  public let rule: (any UpdateRule)?
  /// Their rate over the optimiser's.
  public let rateFactor: Double
  /// Whether the parameter at a path belongs here.
  public let matches: (String) -> Bool

  /// The parameters whose path fulfils `matches`.
  public init(
    rule: (any UpdateRule)? = nil, rateFactor: Double = 1,
    where matches: @escaping (String) -> Bool
  ) {
    self.rule = rule
    self.rateFactor = rateFactor
    self.matches = matches
  }
}
