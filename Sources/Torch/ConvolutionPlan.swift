import CTorch
import TorchRaw

/// A convolution of pictures on the CPU, in float32 or under autocast in bfloat16, whose three directions each go the way that is
/// quicker, Winograd's or LibTorch's.
///
/// It lies between a big side and a small one; a transposed one goes from the small to the big.
struct ConvolutionPlan: Sendable {
  enum Direction { case toSmall, toBig, toWeight }

  let options: ConvolutionOptions
  let outputPadding: [Int]?
  let hasBias: Bool
  let kernel: Int
  let stride: Int
  let padding: [Int64]
  let bigChannels: Int
  let smallChannels: Int
  let bigSize: [Int64]
  let tiles: Int
  /// Of the pictures on both sides; the weight and the bias are float32, and so are their gradients.
  let precision: DType
  private let isKnown: Bool

  init?(
    _ x: Tensor, _ weight: Tensor, _ bias: Tensor?, _ options: ConvolutionOptions,
    outputPadding: [Int]?
  ) {
    guard x.rank == 4, weight.rank == 4, options.groups == 1, options.dilation == [1, 1],
      options.stride.count == 2, options.stride[0] == options.stride[1],
      options.padding.count == 2, outputPadding?.count ?? 2 == 2,
      options.padding.allSatisfy({ $0 >= 0 }), x.count > 0,
      [x, weight].allSatisfy({ $0.device == .cpu }), weight.dtype == .float32,
      let precision = precisionOfConvolutions, [.float32, precision].contains(x.dtype)
    else { return nil }
    self.precision = precision
    stride = options.stride[0]
    kernel = weight.size(2)
    let isTransposed = outputPadding != nil
    let outputs = weight.size(isTransposed ? 1 : 0)
    guard stride > 0, weight.size(3) == kernel, x.size(1) == weight.size(isTransposed ? 0 : 1)
    else { return nil }
    if let bias, bias.shape != [outputs] || bias.dtype != .float32 || bias.device != .cpu {
      return nil
    }
    var size: [Int] = []
    var small: [Int] = []
    for dim in 0..<2 {
      let given = x.size(2 + dim)
      let room = 2 * options.padding[dim]
      let extra = outputPadding?[dim] ?? 0
      guard isTransposed ? extra >= 0 && extra < stride : given + room >= kernel else { return nil }
      size.append(isTransposed ? (given - 1) * stride - room + kernel + extra : given)
      small.append(isTransposed ? given : (given + room - kernel) / stride + 1)
    }
    guard size.allSatisfy({ $0 > 0 }) else { return nil }
    (bigChannels, smallChannels) = (weight.size(1), weight.size(0))
    bigSize = size.map(Int64.init)
    padding = options.padding.map(Int64.init)
    hasBias = bias != nil
    isKnown =
      ct_winograd_is_available() && ((stride, kernel) == (1, 3) || (stride, kernel) == (2, 4))
    tiles = x.size(0) * small.map { ($0 + 3) / 4 }.reduce(1, *)
    self.options = options
    self.outputPadding = outputPadding
  }

  /// Whether a direction is quicker so; the numbers are measured, as `docs/PERFORMANCE.md` tells.
  ///
  /// A weight is transformed once a call, which few tiles do not bring in again, and channels are filled up to sixteen.
  func pays(_ direction: Direction) -> Bool {
    guard isKnown, tiles >= 16, smallChannels >= 8, bigChannels >= (stride == 1 ? 8 : 2) else {
      return false
    }
    switch direction {
    case .toSmall: return stride == 1 || bigChannels >= 16
    case .toBig: return stride == 1 || smallChannels >= 16
    case .toWeight:
      let transformed = (stride == 1 ? 36 : 100) * bigChannels * smallChannels
      return (stride == 1 || bigChannels >= 16) && tiles >= transformed / 16_384
    }
  }

  var isTransposed: Bool { outputPadding != nil }
  /// The way of the result.
  var there: Direction { isTransposed ? .toBig : .toSmall }

  /// The result.
  func forward(_ x: Tensor, _ weight: Tensor, _ bias: Tensor?) -> Tensor {
    guard pays(there) else {
      return libTorchConvolution(
        x, weight, bias, options, isTransposed: isTransposed, outputPadding ?? [0, 0])
    }
    return isTransposed ? toBig(x, weight, bias) : toSmall(x, weight, bias)
  }

  /// The gradient of the bias, if there is one.
  func biasGradient(_ gradient: Tensor) -> [Tensor?] {
    hasBias ? [gradient.sum(dims: [0, 2, 3]).to(.float32)] : []
  }

  /// The gradients of x and of the weight, nil for what wants none.
  func backward(
    _ gradient: Tensor, x: Tensor, weight: Tensor, wanted: [Bool]
  ) -> [Tensor?] {
    let isOwn = [isTransposed ? Direction.toSmall : .toBig, .toWeight].map {
      pays($0) && !isRecordingGradients
    }
    let left = zip(wanted, isOwn).map { $0 && !$1 }
    var found: [Tensor?] = [nil, nil]
    if left.contains(true) {
      let results = callMany(
        .convolutionBackward, count: 3, gradient.argument, x.argument,
        weight.to(precision).argument, .none,
        .ints(options.stride), .ints(options.padding), .ints(options.dilation), .bool(isTransposed),
        .ints(outputPadding ?? [0, 0]), .int(options.groups), .bools(left + [false]))
      for index in 0..<2 where left[index] { found[index] = Tensor(results[index]) }
      found[1] = found[1]?.to(.float32)
    }
    if wanted[0], isOwn[0] {
      found[0] = isTransposed ? toSmall(gradient, weight, nil) : toBig(gradient, weight, nil)
    }
    if wanted[1], isOwn[1] {
      found[1] = isTransposed ? toWeight(gradient, x) : toWeight(x, gradient)
    }
    return found
  }

  private func toSmall(_ big: Tensor, _ weight: Tensor, _ bias: Tensor?) -> Tensor {
    nativeResults("convolution", of: [big, weight, bias]) {
      ct_winograd_small($0[0], $0[1], $0[2], Int64(stride), padding, $1, $2)
    }[0]
  }

  private func toBig(_ small: Tensor, _ weight: Tensor, _ bias: Tensor?) -> Tensor {
    nativeResults("transposed convolution", of: [small, weight, bias]) {
      ct_winograd_big($0[0], $0[1], $0[2], Int64(stride), padding, bigSize, $1, $2)
    }[0]
  }

  private func toWeight(_ big: Tensor, _ small: Tensor) -> Tensor {
    nativeResults("gradient of a convolution's weight", of: [big, small]) {
      ct_winograd_weight($0[0], $0[1], Int64(kernel), Int64(stride), padding, $1, $2)
    }[0]
  }
}
