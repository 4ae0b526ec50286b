import CTorch

/// Calls an operator that returns one tensor.
///
/// Fails as `TorchError.raise` says: it stops, or inside `withTorchErrors` records the error and
/// returns the undefined tensor.
package func call(_ op: Operator, _ arguments: Argument...) -> TensorHandle {
  var result = ct_value()
  if let error = dispatch(op, arguments, into: &result, capacity: 1).error {
    error.raise()
    return .undefined
  }
  guard result.tag == Int32(CT_TENSOR) else { return .undefined }
  return TensorHandle(owning: result.as.tensor)
}

/// Calls an operator that returns `count` tensors, or one list of tensors.
package func callMany(_ op: Operator, count: Int, _ arguments: Argument...) -> [TensorHandle] {
  switch invoke(op, arguments) {
  case .success(let results):
    return results.flatMap { result -> [TensorHandle] in
      switch result {
      case .tensor(let handle): [handle]
      case .tensors(let handles): handles
      default: []
      }
    }
  case .failure(let error):
    error.raise()
    return (0..<count).map { _ in .undefined }
  }
}

/// Calls an operator that works in place or returns no tensor of interest.
package func callInPlace(_ op: Operator, _ arguments: Argument...) {
  if case .failure(let error) = invoke(op, arguments) { error.raise() }
}

/// Calls an operator that returns a truth value, false on failure.
package func callBool(_ op: Operator, _ arguments: Argument...) -> Bool {
  switch invoke(op, arguments) {
  case .success(let results):
    if case .bool(let value)? = results.first { return value }
    return false
  case .failure(let error):
    error.raise()
    return false
  }
}

/// Calls an operator and returns what it returns, or its error.
package func invoke(_ op: Operator, _ arguments: [Argument]) -> Result<[Argument], TorchError> {
  withUnsafeTemporaryAllocation(of: ct_value.self, capacity: mostResults) { results in
    results.initialize(repeating: ct_value())
    let (count, error) = dispatch(
      op, arguments, into: results.baseAddress!, capacity: mostResults)
    if let error { return .failure(error) }
    return .success(results.prefix(count).map(Argument.init(taking:)))
  }
}

/// More results than any operator of the list returns.
private let mostResults = 8

private func dispatch(
  _ op: Operator, _ arguments: [Argument], into results: UnsafeMutablePointer<ct_value>,
  capacity: Int
) -> (count: Int, error: TorchError?) {
  let pointer: ct_operator
  do {
    pointer = try op.resolve()
  } catch {
    return (0, error)
  }
  var count = 0
  var message: ct_error?
  let status = withPacked(arguments) { values in
    ct_operator_call(pointer, values.baseAddress, values.count, results, capacity, &count, &message)
  }
  guard status == CT_OK else {
    return (0, TorchError(op, arguments, reason: takeMessage(message)))
  }
  return (count, nil)
}

extension Argument {
  /// Takes over what an operator returned.
  init(taking value: ct_value) {
    switch value.tag {
    case Int32(CT_TENSOR):
      self = .tensor(TensorHandle(owning: value.as.tensor))
    case Int32(CT_TENSORS):
      let list = value.as.list.assumingMemoryBound(to: ct_tensor?.self)
      self = .tensors((0..<Int(value.count)).map { TensorHandle(owning: list[$0]!) })
      ct_tensors_free(value.as.list)
    case Int32(CT_INT): self = .int(Int(value.as.integer))
    case Int32(CT_DOUBLE): self = .double(value.as.real)
    case Int32(CT_BOOL): self = .bool(value.as.integer != 0)
    default: self = .none
    }
  }
}
