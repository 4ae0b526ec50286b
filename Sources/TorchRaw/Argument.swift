/// An argument of an operator, in the kinds that LibTorch's schemas know.
package enum Argument {
  case none
  /// The schema's default.
  case byDefault
  case tensor(TensorHandle)
  case int(Int)
  case double(Double)
  case bool(Bool)
  case string(String)
  case ints([Int])
  case doubles([Double])
  case bools([Bool])
  case tensors([TensorHandle])
  case generator(GeneratorHandle)
  case device(kind: Int32, index: Int32)

  package static func optional(_ tensor: TensorHandle?) -> Argument {
    tensor.map(Argument.tensor) ?? .none
  }

  package static func optional(_ value: Int?) -> Argument {
    value.map(Argument.int) ?? .none
  }

  package static func optional(_ value: Double?) -> Argument {
    value.map(Argument.double) ?? .none
  }
}

extension Argument: ExpressibleByIntegerLiteral, ExpressibleByFloatLiteral,
  ExpressibleByBooleanLiteral, ExpressibleByNilLiteral, ExpressibleByStringLiteral
{
  package init(integerLiteral value: Int) { self = .int(value) }
  package init(floatLiteral value: Double) { self = .double(value) }
  package init(booleanLiteral value: Bool) { self = .bool(value) }
  package init(nilLiteral: ()) { self = .none }
  package init(stringLiteral value: String) { self = .string(value) }
}
