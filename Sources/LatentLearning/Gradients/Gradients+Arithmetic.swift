import LatentNN
import Torch
import TorchRaw

extension Gradients {
  /// The sum, for gradient accumulation; a parameter that only one side knows keeps its gradient.
  public static func + (left: Gradients, right: Gradients) -> Gradients {
    let unused = left.unused.filter { right.unused.contains($0) }
    let isAligned =
      left.entries.count == right.entries.count
      && zip(left.entries, right.entries).allSatisfy { $0.parameter === $1.parameter }
    if isAligned {
      let sums = forEach(.foreachAdd, left.tensors, .handles(right.tensors))
      return Gradients(left.replacing(sums).entries, unused: unused)
    }
    let mine = left.entries.map { entry in
      guard let other = right[entry.parameter] else { return entry }
      return Entry(
        path: entry.path, parameter: entry.parameter, gradient: entry.gradient + other)
    }
    let known = Set(left.entries.map { ObjectIdentifier($0.parameter) })
    let theirs = right.entries.filter { !known.contains(ObjectIdentifier($0.parameter)) }
    return Gradients(mine + theirs, unused: unused)
  }

  /// Rebinds to the sum.
  public static func += (left: inout Gradients, right: Gradients) { left = left + right }

  /// Every gradient times `factor`.
  public func scaled(by factor: Double) -> Gradients {
    replacing(forEach(.foreachMulScalar, tensors, .double(factor)))
  }
}

/// Calls an operator of LibTorch's for-each family that returns a tensor for each of `tensors`.
func forEach(_ op: Operator, _ tensors: [Tensor], _ other: Argument...) -> [Tensor] {
  if tensors.isEmpty { return [] }
  let arguments = [Argument.handles(tensors)] + other
  switch invoke(op, arguments) {
  case .success(let results):
    if case .tensors(let handles)? = results.first { return handles.map { Tensor($0) } }
    return tensors
  case .failure(let error):
    error.raise()
    return tensors
  }
}

/// Calls an operator of LibTorch's for-each or fused family that changes `tensors`.
func forEachInPlace(_ op: Operator, _ tensors: [Tensor], _ other: Argument...) {
  if tensors.isEmpty { return }
  if case .failure(let error) = invoke(op, [.handles(tensors)] + other) { error.raise() }
}

extension Argument {
  /// A list of tensors.
  static func handles(_ tensors: [Tensor]) -> Argument { .tensors(tensors.map(\.handle)) }
}
