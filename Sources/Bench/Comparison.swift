public import LatentCore

/// A workload's times on all sides and what follows from them.
public struct Comparison: Sendable {
  /// A peer's times, or why there are none.
  public enum Outcome: Sendable {
    /// It was timed, in the variant of these words.
    case timed(SideTimes, variant: String)
    /// It could not take part.
    case absent(reason: String)
  }

  /// What was timed.
  public let workload: Workload
  /// Our times.
  public var ours = SideTimes()
  /// The peers in the order in which they are shown.
  public var peers: [(name: String, outcome: Outcome)] = []
  /// Floating-point operations of a step's products and convolutions, both ways, counted by PyTorch; nil if nobody did.
  public var operations: Double?
  /// The rate of a large product in the same run, in 10⁹ operations a second.
  public var peakRate: Double?

  /// The mean number of processes that wanted a processor in the minute before; nil if nobody looked.
  public var load: Double?

  /// The name of the peer that memory and `ratio_to_pytorch_eager` are about.
  public static let eager = "pytorch-eager"
  /// What our largest resident set may be over PyTorch's.
  public static let memoryTarget = 0.6

  /// Nothing timed yet.
  public init(_ workload: Workload) { self.workload = workload }

  /// The times of the peer of this name, nil if it is absent.
  public func times(of name: String) -> SideTimes? {
    for case (name, .timed(let times, _)) in peers { return times }
    return nil
  }

  /// The quickest peer's time over ours; nil without a peer.
  public var ratioToBestPeer: Double? {
    peers.compactMap { times(of: $0.name)?.typical }.min().map { $0 / ours.typical }
  }

  /// PyTorch's eager time over ours; nil without it.
  public var ratioToEager: Double? { times(of: Self.eager).map { $0.typical / ours.typical } }

  /// Our largest resident set over that of PyTorch's eager side; nil without it.
  public var memoryRatio: Double? {
    times(of: Self.eager).map { ours.peakMegabytes / $0.peakMegabytes }
  }

  /// What the step's products and convolutions would take at the peak rate, in milliseconds.
  public var limit: Double? {
    guard let operations, let peakRate, operations > 0 else { return nil }
    return operations / (peakRate * 1e6)
  }

  /// Whether the ratio to the best peer reaches the workload's target.
  public var holds: Bool { (ratioToBestPeer ?? 0) >= workload.target }

  /// The members that `latent bench --json` prints of a workload; what is not known is null.
  public var json: JSONObject {
    var members: JSONObject = [
      "name": .string(workload.name), "summary": .string(workload.summary),
      "ours": .object(ours.json),
    ]
    var listed = JSONObject()
    var reasons = JSONObject()
    for (name, outcome) in peers {
      switch outcome {
      case .timed(let times, let variant):
        var json = times.json
        json["variant"] = .string(variant)
        listed[name] = .object(json)
      case .absent(let reason):
        listed[name] = .null
        reasons[name] = .string(reason)
      }
    }
    members["peers"] = .object(listed)
    if !reasons.members.isEmpty { members["absent"] = .object(reasons) }
    let numbers: [(String, Double?)] = [
      ("ratio_to_best_peer", ratioToBestPeer), ("ratio_to_pytorch_eager", ratioToEager),
      ("gflop", operations.map { $0 / 1e9 }), ("peak_gflops", peakRate), ("limit_ms", limit),
      ("fraction_of_limit", limit.map { $0 / ours.typical }), ("load", load),
    ]
    for (name, value) in numbers { members[name] = value.map { .double($0) } ?? .null }
    members["target"] = .double(workload.target)
    members["holds"] = .bool(holds)
    members["memory"] = .object([
      "ratio_to_pytorch_eager": memoryRatio.map { .double($0) } ?? .null,
      "target": .double(Self.memoryTarget),
      "holds": .bool(memoryRatio.map { $0 <= Self.memoryTarget } ?? false),
    ])
    return members
  }
}

extension Comparison {
  /// The largest relative difference of two sides' losses; nil if they are not as many numbers.
  public static func difference(_ ours: [Double], _ theirs: [Double]) -> Double? {
    guard ours.count == theirs.count, !ours.isEmpty else { return nil }
    let all = zip(ours, theirs).map { abs($0 - $1) / max(abs($1), 1e-30) }
    return all.allSatisfy(\.isFinite) ? all.max() : nil
  }
}
