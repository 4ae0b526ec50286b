import Datasets
public import LatentCore

extension Workload {
  /// The name of the peers' file.
  public var peerModule: String {
    switch work {
    case .sampling, .firstSample: "sampling"
    default: name.split(separator: "-").filter { Int($0) == nil }.joined(separator: "_")
    }
  }

  /// What the peers' task holds beside a `BenchTask`.
  public var peerMembers: JSONObject {
    var members: JSONObject = ["module": .string(peerModule)]
    if work.isOnce { members["once"] = true }
    switch work {
    case .sampling(let count): members["count"] = .int(count)
    case .firstSample: members["count"] = 1
    case .sweep(let betas, let seeds, let steps):
      members["betas"] = .array(betas.map { .double($0) })
      members["seeds"] = .int(seeds)
      members["steps"] = .int(steps)
    case .training, .sprites, .digits: break
    }
    return members
  }

  /// Options by which a peer may do the same otherwise, with the words for it.
  public func peerOptions(_ side: String) -> [(option: String, words: String)] {
    if case .sweep = work {
      return side == "jax" ? [("--vmap", "as one by vmap")] : [("--at-once", "all at once")]
    }
    let isTorch = side.hasPrefix("pytorch")
    return isTorch && isConvolutional ? [("--channels-last", "channels last")] : []
  }

  /// Whether the memory layout of pictures matters to it.
  private var isConvolutional: Bool {
    switch work {
    case .training, .sampling: schema.exampleShape.count == 3 && recipe != "vae" && recipe != "iwae"
    default: false
    }
  }
}
