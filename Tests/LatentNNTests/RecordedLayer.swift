import LatentNN
import Testing
import Torch
import _TestSupport

/// What PyTorch computed for one layer and element type: `Goldens/layers.py` says how.
struct RecordedLayer {
  let label: String

  // Tensors are not Sendable; these are only read.
  nonisolated(unsafe) private static let file = Result {
    try goldens("layers", beside: #filePath).tensors
  }

  init(_ name: String, _ dtype: DType) {
    let suffix: [DType: String] = [
      .float32: "f32", .float64: "f64", .bfloat16: "bf16", .float16: "f16",
    ]
    label = "\(name).\(suffix[dtype] ?? "")"
  }

  /// Everything that was recorded, by name.
  static func all() throws -> [String: Tensor] { try file.get() }

  /// The tensors below `folder`, such as `gradient/parameter`.
  func group(_ folder: String) throws -> [String: Tensor] {
    try Self.group("\(label)/\(folder)")
  }

  /// The tensors whose names start with `prefix` and a slash, without it.
  static func group(_ prefix: String) throws -> [String: Tensor] {
    var found: [String: Tensor] = [:]
    for (name, tensor) in try all() where name.hasPrefix(prefix + "/") {
      found[String(name.dropFirst(prefix.count + 1))] = tensor
    }
    return found
  }
}

/// Renames PyTorch's tensors to the paths of ours.
typealias Translation = @Sendable ([String: Tensor]) -> [String: Tensor]

/// The layers whose parts are called as in PyTorch.
let sameNames: Translation = { $0 }

/// A layer under test and how it is called: inputs by name to outputs by name.
struct Subject {
  let module: Module
  let call: ([String: Tensor]) -> [String: Tensor]

  init(_ module: Module, call: @escaping ([String: Tensor]) -> [String: Tensor]) {
    self.module = module
    self.call = call
  }
}

/// Checks outputs, gradients and buffers of a layer against the recorded ones, and its gradients against
/// central differences, and that nothing is left alive.
func expectRecorded(
  _ name: String, _ dtype: DType, mode: Mode = .training, tolerance: Double? = nil,
  isSmooth: Bool = true, translate: @escaping Translation = sameNames,
  sourceLocation: SourceLocation = #_sourceLocation, _ make: (Generator) -> Subject
) throws {
  try expectNoTensorLeaks(sourceLocation: sourceLocation) {
    let recorded = RecordedLayer(name, dtype)
    let subject = make(Generator(seed: 1))
    let layer = subject.module
    layer.to(dtype)
    var state = translate(try recorded.group("parameter"))
    state.merge(translate(try recorded.group("buffer/before"))) { first, _ in first }
    try layer.load(state)
    let inputs = try recorded.group("input").mapValues {
      $0.dtype.isFloatingPoint ? $0.requiringGradient() : $0
    }
    let outputs = withMode(mode, [layer]) { subject.call(inputs) }
    let expected = try recorded.group("output")
    #expect(!expected.isEmpty, "nothing is recorded for \(recorded.label)")
    #expect(outputs.keys.sorted() == expected.keys.sorted(), sourceLocation: sourceLocation)
    for (key, output) in outputs {
      guard let wanted = expected[key] else { continue }
      expectClose(
        output, wanted, relative: tolerance, absolute: tolerance, "\(recorded.label) \(key)",
        sourceLocation: sourceLocation)
    }
    let after = translate(try recorded.group("buffer/after"))
    for (path, buffer) in layer.buffers {
      guard let wanted = after[path] else { continue }
      expectClose(
        buffer.value, wanted, "\(recorded.label) \(path)", sourceLocation: sourceLocation)
    }
    try expectRecordedGradients(
      recorded, layer, inputs, outputs, tolerance: tolerance, translate: translate,
      sourceLocation: sourceLocation)
    if dtype == .float64, isSmooth {
      try expectDifferences(
        recorded, subject, inputs, mode: mode, sourceLocation: sourceLocation)
    }
  }
}

private func expectRecordedGradients(
  _ recorded: RecordedLayer, _ layer: Module, _ inputs: [String: Tensor],
  _ outputs: [String: Tensor], tolerance: Double?, translate: Translation,
  sourceLocation: SourceLocation
) throws {
  let weightings = try recorded.group("weighting")
  let loss = weighted(outputs, weightings)
  let named = leaves(of: layer, inputs)
  let found = gradients(of: [loss], withRespectTo: named.map(\.tensor))
  let expected = translate(try recorded.group("gradient/parameter"))
  let expectedInputs = try recorded.group("gradient/input")
  for (leaf, gradient) in zip(named, found) {
    let wanted = leaf.isInput ? expectedInputs[leaf.name] : expected[leaf.name]
    guard let wanted else {
      Issue.record("no gradient is recorded for \(leaf.name)", sourceLocation: sourceLocation)
      continue
    }
    expectClose(
      gradient.isDefined ? gradient : Tensor.zeros(like: wanted), wanted, relative: tolerance,
      absolute: tolerance, "\(recorded.label) gradient of \(leaf.name)",
      sourceLocation: sourceLocation)
  }
}

/// The floating-point inputs and the parameters.
private func leaves(
  of layer: Module, _ inputs: [String: Tensor]
) -> [(name: String, tensor: Tensor, isInput: Bool)] {
  inputs.filter { $0.value.dtype.isFloatingPoint }.sorted { $0.key < $1.key }
    .map { ($0.key, $0.value, true) }
    + layer.parameters.map { ($0.path, $0.parameter.value, false) }
}

/// Σ over outputs of Σ output · weighting.
private func weighted(_ outputs: [String: Tensor], _ weightings: [String: Tensor]) -> Tensor {
  let parts = outputs.sorted { $0.key < $1.key }.map { key, output in
    weightings[key].map { (output * $0).sum() } ?? output.sum()
  }
  return parts.dropFirst().reduce(parts[0]) { $0 + $1 }
}

private func expectDifferences(
  _ recorded: RecordedLayer, _ subject: Subject, _ inputs: [String: Tensor], mode: Mode,
  sourceLocation: SourceLocation
) throws {
  let layer = subject.module
  let weightings = try recorded.group("weighting")
  let named = leaves(of: layer, inputs)
  let parameters = layer.parameters.map(\.parameter)
  let start = named.map { $0.tensor.detached().cloned() }
  func loss(_ values: [Tensor]) -> Tensor {
    var changed = inputs
    for (leaf, value) in zip(named, values) where leaf.isInput { changed[leaf.name] = value }
    for (parameter, value) in zip(parameters, values.suffix(parameters.count)) {
      parameter.assign(value)
    }
    return weighted(withMode(mode, [layer]) { subject.call(changed) }, weightings)
  }
  let found = gradients(
    of: [loss(named.map(\.tensor))], withRespectTo: named.map(\.tensor))
  for (position, leaf) in named.enumerated() {
    let wanted = centralDifferences(of: loss, at: start, position: position)
    // The step of 1e-6 leaves an error of about 1e-9 relative to the sum of all outputs.
    expectClose(
      found[position].isDefined ? found[position] : Tensor.zeros(like: wanted), wanted,
      relative: 1e-6, absolute: 1e-6, "\(recorded.label) difference quotient of \(leaf.name)",
      sourceLocation: sourceLocation)
  }
}
