import TorchRaw

/// How new pixels are made of old ones.
public enum InterpolationMode: Sendable {
  /// The nearest pixel.
  case nearest
  /// Linear along each spatial dimension.
  case linear
  /// Cubic, images only.
  case cubic
}

/// `x` [n, c, spatial…] resized to `size`. PyTorch: `F.interpolate`.
///
/// `alignCorners` puts the corner pixels of both grids at the same places; without meaning for
/// `nearest`.
public func interpolated(
  _ x: Tensor, size: [Int], mode: InterpolationMode = .linear, alignCorners: Bool = false
) -> Tensor {
  let list: [Operator] =
    switch mode {
    case .nearest: [.upsampleNearest1d, .upsampleNearest2d, .upsampleNearest3d]
    case .linear: [.upsampleLinear1d, .upsampleBilinear2d, .upsampleTrilinear3d]
    case .cubic: [.upsampleBicubic2d, .upsampleBicubic2d]
    }
  if mode == .cubic, size.count != 2 {
    TorchError(
      operation: "interpolated", operands: [x.handle.summary],
      reason: "cubic needs 2 spatial sizes, found \(size.count)"
    ).raise()
    return Tensor(.undefined)
  }
  guard let op = pick(list, size, "interpolated", x) else { return Tensor(.undefined) }
  if mode == .nearest { return Tensor(call(op, x.argument, .ints(size), nil)) }
  return Tensor(call(op, x.argument, .ints(size), .bool(alignCorners), nil))
}

/// The grid [n, h, w, 2] of places in −1 … 1 that maps `transforms` [n, 2, 3] send a picture of
/// `size` [h, w] to. PyTorch: `F.affine_grid`.
public func affineGrid(
  _ transforms: Tensor, size: [Int], alignCorners: Bool = false
) -> Tensor {
  let shape = [transforms.size(0), 1] + size
  return Tensor(call(.affineGrid, transforms.argument, .ints(shape), .bool(alignCorners)))
}

/// What is taken for the pixels outside of a picture.
public enum GridPadding: Int, Sendable {
  /// Zeros.
  case zeros
  /// The nearest pixel of the edge.
  case border
  /// The picture, mirrored.
  case reflection
}

/// `x` [n, c, h, w] sampled bilinearly at `grid` [n, h', w', 2] of (x, y) in −1 … 1.
/// PyTorch: `F.grid_sample`.
public func gridSampled(
  _ x: Tensor, grid: Tensor, padding: GridPadding = .zeros, alignCorners: Bool = false
) -> Tensor {
  let outside: Argument = .int(padding.rawValue)
  return Tensor(
    call(.gridSampler2d, x.argument, grid.argument, 0, outside, .bool(alignCorners)))
}
