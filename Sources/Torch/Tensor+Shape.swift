import TorchRaw

extension Tensor {
  /// The same elements in another shape; one size may be -1 and is worked out.
  /// PyTorch: `reshape`.
  public func reshaped(_ shape: [Int]) -> Tensor { Tensor(call(.reshape, argument, .ints(shape))) }

  /// All elements in one dimension, or dimensions `from`…`through` joined. PyTorch: `flatten`.
  public func flattened(from start: Int = 0, through end: Int = -1) -> Tensor {
    Tensor(call(.flatten, argument, .int(start), .int(end)))
  }

  /// Dimension `dim` split into `sizes`, of which one may be -1. PyTorch: `unflatten`.
  public func unflattened(dim: Int, _ sizes: [Int]) -> Tensor {
    Tensor(call(.unflatten, argument, .int(dim), .ints(sizes)))
  }

  /// The dimensions in another order. PyTorch: `permute`.
  public func permuted(_ dims: [Int]) -> Tensor { Tensor(call(.permute, argument, .ints(dims))) }

  /// Two dimensions exchanged, the last two by default. PyTorch: `transpose`.
  public func transposed(_ first: Int = -2, _ second: Int = -1) -> Tensor {
    Tensor(call(.transpose, argument, .int(first), .int(second)))
  }

  /// Dimensions moved from one place to another, the rest in order. PyTorch: `movedim`.
  public func movingDims(_ from: [Int], to: [Int]) -> Tensor {
    Tensor(call(.movedim, argument, .ints(from), .ints(to)))
  }

  /// Without the dimensions of size 1. PyTorch: `squeeze`.
  public func squeezed() -> Tensor { Tensor(call(.squeeze, argument)) }

  /// Without dimension `dim` if its size is 1. PyTorch: `squeeze`.
  public func squeezed(dim: Int) -> Tensor {
    Tensor(call(.squeezeDims, argument, .ints([dim])))
  }

  /// With a new dimension of size 1 at `dim`. PyTorch: `unsqueeze`.
  public func unsqueezed(dim: Int) -> Tensor { Tensor(call(.unsqueeze, argument, .int(dim))) }

  /// Dimensions of size 1 repeated to `shape` without copying; -1 keeps a size.
  /// PyTorch: `expand`.
  public func expanded(_ shape: [Int]) -> Tensor { Tensor(call(.expand, argument, .ints(shape))) }

  /// The whole repeated along each dimension, copied. PyTorch: `repeat`.
  public func repeated(_ times: [Int]) -> Tensor {
    Tensor(call(.repeatTimes, argument, .ints(times)))
  }

  /// Each element along `dim` repeated in place. PyTorch: `repeat_interleave`.
  public func interleaved(_ times: Int, dim: Int) -> Tensor {
    Tensor(call(.repeatInterleave, argument, .int(times), .int(dim)))
  }

  /// The order along `dims` reversed. PyTorch: `flip`.
  public func flipped(dims: [Int]) -> Tensor { Tensor(call(.flip, argument, .ints(dims))) }

  /// Elements moved along `dim` by `shift`, around the end. PyTorch: `roll`.
  public func rolled(_ shift: Int, dim: Int) -> Tensor {
    Tensor(call(.roll, argument, .ints([shift]), .ints([dim])))
  }

  /// Pieces of `size` along `dim`, the last perhaps smaller. PyTorch: `split`.
  public func split(_ size: Int, dim: Int = 0) -> [Tensor] {
    let pieces = size > 0 ? Swift.max(1, (self.size(dim) + size - 1) / size) : 1
    return callMany(.split, count: pieces, argument, .int(size), .int(dim)).map(Tensor.init)
  }

  /// Pieces of these sizes along `dim`. PyTorch: `split`.
  public func split(sizes: [Int], dim: Int) -> [Tensor] {
    callMany(.splitSizes, count: sizes.count, argument, .ints(sizes), .int(dim)).map(Tensor.init)
  }

  /// At most `count` pieces of equal size along `dim`. PyTorch: `chunk`.
  public func chunked(_ count: Int, dim: Int = 0) -> [Tensor] {
    callMany(.chunk, count: count, argument, .int(count), .int(dim)).map(Tensor.init)
  }

  /// The slices along `dim`, which vanishes. PyTorch: `unbind`.
  public func unbound(dim: Int = 0) -> [Tensor] {
    callMany(.unbind, count: Swift.max(1, size(dim)), argument, .int(dim)).map(Tensor.init)
  }

  /// The diagonal of two dimensions as the last one. PyTorch: `diagonal`.
  public func diagonal(offset: Int = 0, dim1: Int = -2, dim2: Int = -1) -> Tensor {
    Tensor(call(.diagonal, argument, .int(offset), .int(dim1), .int(dim2)))
  }

  /// Matrices with the last dimension on their diagonal. PyTorch: `diag_embed`.
  public func diagonalMatrix() -> Tensor { Tensor(call(.diagEmbed, argument)) }

  /// The lower triangle, zeros above diagonal `diagonal`. PyTorch: `tril`.
  public func lowerTriangle(diagonal: Int = 0) -> Tensor {
    Tensor(call(.tril, argument, .int(diagonal)))
  }

  /// The upper triangle, zeros below diagonal `diagonal`. PyTorch: `triu`.
  public func upperTriangle(diagonal: Int = 0) -> Tensor {
    Tensor(call(.triu, argument, .int(diagonal)))
  }

  /// Windows of `size` every `step` along `dim`, as a new last dimension. PyTorch: `unfold`.
  public func windows(dim: Int, size: Int, step: Int) -> Tensor {
    Tensor(call(.unfold, argument, .int(dim), .int(size), .int(step)))
  }
}

/// How `padded` fills the new elements.
public enum PaddingMode: String, Sendable {
  /// A number, zero by default.
  case constant
  /// Mirrored without the edge.
  case reflect
  /// The edge again.
  case replicate
  /// From the other end.
  case circular
}

extension Tensor {
  /// Grown by `widths`: pairs (before, after) from the last dimension backwards.
  /// PyTorch: `torch.nn.functional.pad`.
  public func padded(
    _ widths: [Int], mode: PaddingMode = .constant, value: Double = 0
  ) -> Tensor {
    let filler: Argument = mode == .constant ? .double(value) : .none
    return Tensor(call(.pad, argument, .ints(widths), .string(mode.rawValue), filler))
  }

  /// Channels [c·r², h, w] rearranged to [c, h·r, w·r]. PyTorch: `pixel_shuffle`.
  public func pixelShuffled(_ factor: Int) -> Tensor {
    Tensor(call(.pixelShuffle, argument, .int(factor)))
  }

  /// The inverse of `pixelShuffled`. PyTorch: `pixel_unshuffle`.
  public func pixelUnshuffled(_ factor: Int) -> Tensor {
    Tensor(call(.pixelUnshuffle, argument, .int(factor)))
  }
}

/// Tensors joined along an existing dimension. PyTorch: `torch.cat`.
public func concatenated(_ tensors: [Tensor], dim: Int = 0) -> Tensor {
  Tensor(call(.cat, .tensors(tensors.map(\.handle)), .int(dim)))
}

/// Tensors of one shape joined along a new dimension. PyTorch: `torch.stack`.
public func stacked(_ tensors: [Tensor], dim: Int = 0) -> Tensor {
  Tensor(call(.stack, .tensors(tensors.map(\.handle)), .int(dim)))
}

/// The tensors expanded to their common shape. PyTorch: `torch.broadcast_tensors`.
public func broadcast(_ tensors: [Tensor]) -> [Tensor] {
  callMany(.broadcastTensors, count: tensors.count, .tensors(tensors.map(\.handle)))
    .map(Tensor.init)
}

/// Coordinates of a grid, one tensor an axis, first axis first. PyTorch: `meshgrid(indexing="ij")`.
public func meshgrid(_ axes: [Tensor]) -> [Tensor] {
  callMany(.meshgrid, count: axes.count, .tensors(axes.map(\.handle)), "ij").map(Tensor.init)
}
