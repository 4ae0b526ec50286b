import CTorch

/// A failed operation: which, on what, and why.
///
/// The description is one sentence, such as
/// `matmul of [2, 3] float32 and [4, 5] float32: mat1 and mat2 shapes cannot be multiplied (2x3 and 4x5)`.
public struct TorchError: Error, CustomStringConvertible, Sendable {
  /// The operator's name, without namespace and overload.
  public let operation: String
  /// Shape and element type of each tensor that the operation was given.
  public let operands: [String]
  /// LibTorch's own sentence.
  public let reason: String

  package init(operation: String, operands: [String], reason: String) {
    self.operation = operation
    self.operands = operands
    self.reason = reason.split(separator: "\n").first.map(String.init) ?? reason
  }

  init(_ op: Operator, _ arguments: [Argument], reason: String) {
    let operands = arguments.flatMap { argument -> [String] in
      switch argument {
      case .tensor(let handle): [handle.summary]
      case .tensors(let handles): handles.prefix(4).map(\.summary)
      default: []
      }
    }
    self.init(operation: op.shortName, operands: operands, reason: reason)
  }

  /// Operation, operands and reason in one sentence.
  public var description: String {
    let list = operands.joined(separator: " and ")
    return list.isEmpty ? "\(operation): \(reason)" : "\(operation) of \(list): \(reason)"
  }
}

extension TorchError {
  /// Records the error in the innermost `withTorchErrors`, or stops the process.
  package func raise() {
    if let collector = ErrorCollector.current {
      collector.record(self)
    } else {
      ErrorCollector.stop(self)
    }
  }
}

/// Keeps the first error of a `withTorchErrors` scope.
package final class ErrorCollector: @unchecked Sendable {
  @TaskLocal package static var current: ErrorCollector?

  /// What happens to an error outside every scope. A command line replaces it at start-up, to
  /// print one line and leave with its own exit code.
  nonisolated(unsafe) package static var stop: @Sendable (TorchError) -> Never = { error in
    fatalError(error.description)
  }

  package private(set) var first: TorchError?

  package init() {}

  func record(_ error: TorchError) {
    if first == nil { first = error }
  }
}

extension TensorHandle {
  /// Shape and element type, such as `[2, 3] float32`.
  package var summary: String {
    isDefined ? "\(shape) \(scalarTypeName(ct_tensor_dtype(pointer)))" : "an undefined tensor"
  }
}

/// LibTorch's name of an element type.
package func scalarTypeName(_ code: Int32) -> String {
  let names: [Int32: String] = [
    0: "uint8", 1: "int8", 2: "int16", 3: "int32", 4: "int64", 5: "float16", 6: "float32",
    7: "float64", 9: "complex64", 10: "complex128", 11: "bool", 15: "bfloat16",
  ]
  return names[code] ?? "element type \(code)"
}
