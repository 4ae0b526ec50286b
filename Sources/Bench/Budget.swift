public import LatentCore
public import Torch

/// What a training step of each workload may do at most.
///
/// The file is what `latent bench --count --json` prints. Operators and nodes are a matter of our code, of LibTorch's version and of
/// which of the package's kernels a processor gets; blocks of memory also of the kernels that LibTorch chooses, and so they have room.
public struct Budget: Sendable {
  /// A figure beside what the budget says.
  public struct Difference: Sendable, Hashable {
    /// The workload's name.
    public let workload: String
    /// The figure's name, such as `operators`.
    public let figure: String
    /// What the budget says.
    public let budget: Int
    /// What was found.
    public let found: Int

    /// The most that the budget lets pass.
    public var limit: Int { Int(Double(budget) * (1 + Budget.room(of: figure))) }
    /// Whether it lies above that.
    public var isExcess: Bool { found > limit }
    /// Whether it lies as far below the budget, so that the budget does not hold the gain.
    public var isGain: Bool { Double(found) < Double(budget) * (1 - Budget.room(of: figure)) }
  }

  /// The version of LibTorch that it was taken with.
  public let libtorch: String
  /// The kernels it was taken with, `TorchRuntime.kernels`.
  public let kernels: String
  /// The work of each workload, in the order of the file.
  public let workloads: [(name: String, work: Work)]
  /// The instructions of a step of `mlp-vae-128` with one example, on the processor that valgrind makes; nil if nobody counted.
  public let instructions: Int?

  /// How far a figure may lie above its budget, as a part of it.
  public static func room(of figure: String) -> Double {
    switch figure {
    case "operators", "nodes": 0
    case "instructions": 0.002
    default: 0.05
    }
  }

  /// A budget.
  public init(
    libtorch: String, kernels: String, workloads: [(name: String, work: Work)],
    instructions: Int? = nil
  ) {
    (self.libtorch, self.kernels) = (libtorch, kernels)
    (self.workloads, self.instructions) = (workloads, instructions)
  }

  /// The budget that `json` holds; nil if a member is missing.
  public init?(_ json: JSONObject) {
    guard let libtorch = json["libtorch"]?.text, let kernels = json["kernels"]?.text,
      let listed = json["workloads"]?.object
    else { return nil }
    var workloads: [(name: String, work: Work)] = []
    for member in listed.members {
      guard let figures = member.value.object, let work = Work(figures) else { return nil }
      workloads.append((member.name, work))
    }
    self.init(
      libtorch: libtorch, kernels: kernels, workloads: workloads,
      instructions: json["instructions"]?.whole)
  }

  /// `libtorch`, `kernels`, `workloads` and perhaps `instructions`, which `init` reads.
  public var json: JSONObject {
    var listed = JSONObject()
    for (name, work) in workloads { listed[name] = .object(work.json) }
    var json: JSONObject = [
      "libtorch": .string(libtorch), "kernels": .string(kernels),
      "workloads": .object(listed),
    ]
    if let instructions { json["instructions"] = .int(instructions) }
    return json
  }

  /// What the figures found for the same workloads differ from this budget; what only one of the two has is passed over.
  public func differences(of found: Budget) -> [Difference] {
    var all = found.workloads.flatMap { differences($0.work, $0.name) }
    if let instructions, let counted = found.instructions {
      all.append(
        Difference(
          workload: "mlp-vae-128 of one example", figure: "instructions", budget: instructions,
          found: counted))
    }
    return all
  }

  private func differences(_ found: Work, _ workload: String) -> [Difference] {
    guard let budget = workloads.first(where: { $0.name == workload })?.work else { return [] }
    return Work.figures.map { figure in
      Difference(
        workload: workload, figure: figure.name, budget: figure.value(budget),
        found: figure.value(found))
    }
  }
}
