package import CTorch

/// One counted reference to a LibTorch tensor, given back when the object goes.
///
/// The undefined tensor is a value of its own, never null.
package final class TensorHandle {
  package let pointer: ct_tensor

  /// Takes over one reference count.
  package init(owning pointer: ct_tensor) {
    self.pointer = pointer
  }

  deinit { ct_tensor_release(pointer) }

  package static var undefined: TensorHandle { TensorHandle(owning: ct_tensor_undefined()) }

  package var isDefined: Bool { ct_tensor_defined(pointer) }

  package var shape: [Int] {
    let rank = Int(ct_tensor_rank(pointer))
    return [Int](unsafeUninitializedCapacity: rank) { buffer, count in
      for dim in 0..<rank { buffer[dim] = Int(ct_tensor_size(pointer, Int64(dim))) }
      count = rank
    }
  }
}

/// A source of random numbers that LibTorch's operators draw from.
package final class GeneratorHandle {
  package let pointer: ct_generator

  package init(owning pointer: ct_generator) {
    self.pointer = pointer
  }

  deinit { ct_generator_release(pointer) }
}
