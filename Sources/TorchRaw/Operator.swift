package import CTorch

/// One of LibTorch's operators, named by its schema and looked up at the first call.
///
/// The declarations are in `Operators/`. An operator that this LibTorch lacks is an error of the
/// call, not of the start: a package that supports several versions may name it.
package final class Operator: Sendable {
  /// The schema as declared, such as `aten::relu(Tensor self) -> Tensor`.
  package let declaration: String

  /// The qualified name with the overload, such as `aten::add.Tensor`.
  package var name: String { String(declaration.prefix { $0 != "(" }) }

  /// The operator's name as a user writes it: without namespace and overload.
  package var shortName: String {
    let qualified = name.split(separator: ".").first.map(String.init) ?? name
    return qualified.split(separator: ":").last.map(String.init) ?? qualified
  }

  private let found: OnceResolved

  package init(_ declaration: String) {
    self.declaration = declaration
    self.found = OnceResolved()
  }

  /// The operator in the LibTorch that is loaded, or the reason why it is not there.
  package func resolve() throws(TorchError) -> ct_operator {
    if let pointer = found.pointer { return pointer }
    var pointer: ct_operator?
    var message: ct_error?
    guard ct_operator_find(name, &pointer, &message) == CT_OK, let pointer else {
      throw TorchError(operation: shortName, operands: [], reason: takeMessage(message))
    }
    found.pointer = pointer
    return pointer
  }

  /// The schema that the loaded LibTorch declares for this operator.
  package func loadedSchema() throws(TorchError) -> String {
    let pointer = try resolve()
    var text: UnsafeMutablePointer<CChar>?
    var message: ct_error?
    guard ct_operator_schema(pointer, &text, &message) == CT_OK, let text else {
      throw TorchError(operation: shortName, operands: [], reason: takeMessage(message))
    }
    defer { ct_string_free(text) }
    return String(cString: text)
  }
}

/// A pointer that is written with one value only, whoever comes first.
///
/// Two threads may both look the operator up; both find handles to the same operator, and the
/// store of a pointer is indivisible on every platform that LibTorch supports.
private final class OnceResolved: @unchecked Sendable {
  var pointer: ct_operator?
}

/// Reads and frees a message of the C interface.
package func takeMessage(_ message: ct_error?) -> String {
  guard let message else { return "no reason given" }
  defer { ct_string_free(message) }
  return String(cString: message)
}
