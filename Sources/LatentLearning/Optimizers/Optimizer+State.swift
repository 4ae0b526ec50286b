public import LatentNN
import Torch

extension Optimizer {
  /// Everything that must be kept to go on as if nothing had happened, as copies.
  public var state: OptimizerState {
    var state = OptimizerState(tensors: [:], counts: ["steps": stepCount])
    for entry in entries {
      state.counts["\(entry.path)/steps"] = entry.steps
      // What was looked at before the first step is as new.
      for (name, tensor) in entry.slots where entry.steps > 0 {
        state.tensors["\(entry.path)/\(name)"] = tensor.cloned()
      }
    }
    return state
  }

  /// Goes on from `state`, bit for bit.
  ///
  /// - Throws: one error with everything that is missing, unexpected, or of another shape; then nothing has
  ///   been loaded.
  public func load(_ state: OptimizerState) throws(StateMismatch) {
    var expected: [String: [Int]] = [:]
    for entry in entries where (state.counts["\(entry.path)/steps"] ?? 0) > 0 {
      for name in slotNames(of: entry) { expected["\(entry.path)/\(name)"] = entry.parameter.shape }
    }
    let counts = Set(entries.map { "\($0.path)/steps" } + ["steps"])
    let missing =
      counts.subtracting(state.counts.keys).sorted()
      + expected.keys.filter { state.tensors[$0] == nil }.sorted()
    let unexpected =
      Set(state.counts.keys).subtracting(counts).sorted()
      + state.tensors.keys.filter { expected[$0] == nil }.sorted()
    let mismatched = expected.sorted { $0.key < $1.key }.compactMap { path, shape in
      state.tensors[path].flatMap { found in
        found.shape == shape
          ? nil : StateMismatch.Shapes(path: path, expected: shape, found: found.shape)
      }
    }
    let error = StateMismatch(
      of: .optimizer, missing: missing, unexpected: unexpected, mismatched: mismatched)
    guard error.isEmpty else { throw error }
    for index in entries.indices {
      let entry = entries[index]
      let value = entry.parameter.value
      entries[index].steps = state.counts["\(entry.path)/steps"] ?? 0
      entries[index].slots = [:]
      for name in slotNames(of: entry) {
        guard let tensor = state.tensors["\(entry.path)/\(name)"] else { continue }
        entries[index].slots[name] = tensor.to(value.device).to(value.dtype).copiedToRows()
      }
    }
    stepCount = state.counts["steps"] ?? 0
  }
}
