import CTorch

extension Argument {
  /// The 64-bit slots that the elements of a list take.
  var slots: Int {
    switch self {
    case .ints(let list): list.count
    case .doubles(let list): list.count
    case .tensors(let list): list.count
    case .bools(let list): (list.count + 7) / 8
    case .string(let text): (text.utf8.count + 7) / 8
    default: 0
    }
  }

  /// The C value of this argument; lists are written to `scratch`, which must have `slots` of room
  /// and outlive the value.
  func packed(into scratch: UnsafeMutableRawPointer) -> ct_value {
    var value = ct_value()
    switch self {
    case .none:
      value.tag = Int32(CT_NONE)
    case .byDefault:
      value.tag = Int32(CT_DEFAULT)
    case .tensor(let handle):
      value.tag = Int32(CT_TENSOR)
      value.as.tensor = handle.pointer
    case .int(let number):
      value.tag = Int32(CT_INT)
      value.as.integer = Int64(number)
    case .double(let number):
      value.tag = Int32(CT_DOUBLE)
      value.as.real = number
    case .bool(let flag):
      value.tag = Int32(CT_BOOL)
      value.as.integer = flag ? 1 : 0
    case .generator(let generator):
      value.tag = Int32(CT_GENERATOR)
      value.as.generator = generator.pointer
    case .device(let kind, let index):
      value.tag = Int32(CT_DEVICE)
      value.as.integer = Int64(kind) << 16 | Int64(index + 1)
    case .string, .ints, .doubles, .bools, .tensors:
      packList(into: scratch, &value)
    }
    return value
  }

  private func packList(into scratch: UnsafeMutableRawPointer, _ value: inout ct_value) {
    value.as.list = UnsafeRawPointer(scratch)
    switch self {
    case .ints(let list):
      value.tag = Int32(CT_INTS)
      value.count = Int64(list.count)
      write(list, to: scratch) { Int64($0) }
    case .doubles(let list):
      value.tag = Int32(CT_DOUBLES)
      value.count = Int64(list.count)
      write(list, to: scratch) { $0 }
    case .tensors(let list):
      value.tag = Int32(CT_TENSORS)
      value.count = Int64(list.count)
      write(list, to: scratch) { $0.pointer }
    case .bools(let list):
      value.tag = Int32(CT_BOOLS)
      value.count = Int64(list.count)
      write(list, to: scratch) { $0 ? UInt8(1) : UInt8(0) }
    case .string(let text):
      let bytes = Array(text.utf8)
      value.tag = Int32(CT_STRING)
      value.count = Int64(bytes.count)
      write(bytes, to: scratch) { $0 }
    default:
      preconditionFailure("not a list: this is a bug in TorchRaw")
    }
  }

  private func write<Element, Stored>(
    _ list: [Element], to scratch: UnsafeMutableRawPointer, as stored: (Element) -> Stored
  ) {
    for (index, element) in list.enumerated() {
      scratch.storeBytes(
        of: stored(element), toByteOffset: index * MemoryLayout<Stored>.stride, as: Stored.self)
    }
  }
}

/// Runs `body` with the C values of `arguments`, which live as long as the call.
func withPacked<Result>(
  _ arguments: [Argument], _ body: (UnsafeBufferPointer<ct_value>) -> Result
) -> Result {
  let slots = arguments.reduce(0) { $0 + $1.slots }
  return withUnsafeTemporaryAllocation(of: ct_value.self, capacity: arguments.count) { values in
    withUnsafeTemporaryAllocation(of: UInt64.self, capacity: slots + 1) { scratch in
      var offset = 0
      for (index, argument) in arguments.enumerated() {
        let place = UnsafeMutableRawPointer(scratch.baseAddress!.advanced(by: offset))
        values.initializeElement(at: index, to: argument.packed(into: place))
        offset += argument.slots
      }
      return withExtendedLifetime(arguments) { body(UnsafeBufferPointer(values)) }
    }
  }
}
