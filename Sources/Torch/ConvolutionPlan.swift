import CTorch
import TorchRaw

/// A convolution of pictures on the CPU, in float32 or under autocast in bfloat16, whose three directions each go the way that is
/// quickest.
///
/// It lies between a big side and a small one; a transposed one goes from the small to the big.
struct ConvolutionPlan: Sendable {
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
  let smallSize: [Int]

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
    smallSize = small
    tiles = x.size(0) * small.map { ($0 + 3) / 4 }.reduce(1, *)
    self.options = options
    self.outputPadding = outputPadding
  }

  var isTransposed: Bool { outputPadding != nil }
  /// The way of the result.
  var there: Direction { isTransposed ? .toBig : .toSmall }

  /// The result, negative numbers as 0 if it is rectified.
  func forward(
    _ x: Tensor, _ weight: Tensor, _ bias: Tensor?, isRectified: Bool = false
  ) -> Tensor {
    if way(there) == .libTorch {
      let result = libTorchConvolution(
        x, weight, bias, options, isTransposed: isTransposed, outputPadding ?? [0, 0])
      return isRectified ? relu(result) : result
    }
    return isTransposed
      ? toBig(x, weight, bias, isRectified) : toSmall(x, weight, bias, isRectified)
  }

  /// The gradient that passes, which is that of what is above zero in `result` if one is given, and its sum for the bias, if there is one.
  func passed(
    _ gradient: Tensor, result: Tensor? = nil
  ) -> (gradient: Tensor, bias: [Tensor?]) {
    guard hasBias || result != nil else { return (gradient, []) }
    if isRecordingGradients {
      let passed = result.map { gradient * ($0 .> 0).to(gradient.dtype) } ?? gradient
      return (passed, hasBias ? [passed.sum(dims: [0, 2, 3]).to(.float32)] : [])
    }
    let found = nativeResults("gradient of a bias", of: [gradient, result], count: 2) {
      ct_bias_gradient($0[0], $0[1], $1, $2)
    }
    return (found[0], hasBias ? [found[1]] : [])
  }

  /// The gradients of x and of the weight, nil for what wants none.
  func backward(
    _ gradient: Tensor, x: Tensor, weight: Tensor, wanted: [Bool]
  ) -> [Tensor?] {
    let isOwn = [isTransposed ? Direction.toSmall : .toBig, .toWeight].map {
      way($0) != .libTorch && !isRecordingGradients
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
      found[0] =
        isTransposed ? toSmall(gradient, weight, nil, false) : toBig(gradient, weight, nil, false)
    }
    if wanted[1], isOwn[1] {
      found[1] = isTransposed ? toWeight(gradient, x) : toWeight(x, gradient)
    }
    return found
  }
}
