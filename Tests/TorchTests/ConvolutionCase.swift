import Testing
import Torch

/// Sizes of a convolution, from the pictures to the small side.
struct ConvolutionCase: Sendable, CustomTestStringConvertible {
  var images = 4
  var inputs = 16
  var outputs = 16
  var size = [9, 11]
  var stride = 1
  /// The kernel's side; that of Winograd's algorithm if left out.
  var side: Int?
  var padding = [1, 1]
  var outputPadding = [0, 0]

  var options: ConvolutionOptions {
    .init(
      stride: [stride, stride], padding: padding, dilation: [1, 1], outputPadding: outputPadding)
  }
  var kernel: Int { side ?? (stride == 1 ? 3 : 4) }
  var testDescription: String {
    "\(images)×\(inputs)→\(outputs), \(size), kernel \(kernel), stride \(stride), padding \(padding), \(outputPadding)"
  }

  static func random(_ shape: [Int], _ seed: UInt64) -> Tensor {
    Tensor.randn(shape, using: Generator(seed: seed), dtype: .float64)
  }

  /// y or, with `isTransposed`, x of the case, and the gradients of Σ w · result for a fixed w.
  ///
  /// With `isRectified` or `isReluBehind` negative results are 0, by the convolution or by `relu`.
  func results(
    isTransposed: Bool, _ dtype: DType, bias: Bool = true, isRectified: Bool = false,
    isReluBehind: Bool = false
  ) -> [Tensor] {
    let x = Self.random([images, isTransposed ? outputs : inputs] + size, 1)
    let scale = 1 / Double((isTransposed ? outputs : inputs) * kernel * kernel)
    let weight = Self.random([outputs, inputs, kernel, kernel], 2) * scale.squareRoot()
    let shift = Self.random([isTransposed ? inputs : outputs], 3)
    var leaves = [x, weight, shift].map { $0.to(dtype).detached().requiringGradient() }
    if !bias { leaves.removeLast() }
    let plain = apply(leaves, isTransposed: isTransposed, isRectified: isRectified)
    let result = isReluBehind ? relu(plain) : plain
    let loss = (result * Self.random(result.shape, 4).to(dtype)).sum()
    return [result] + gradients(of: [loss], withRespectTo: leaves)
  }

  /// The convolution of x, the weight and perhaps the bias.
  func apply(_ given: [Tensor], isTransposed: Bool, isRectified: Bool = false) -> Tensor {
    let bias = given.count > 2 ? given[2] : nil
    let operation =
      switch (isTransposed, isRectified) {
      case (false, false): convolution
      case (false, true): rectifiedConvolution
      case (true, false): transposedConvolution
      case (true, true): rectifiedTransposedConvolution
      }
    return operation(given[0], given[1], bias, options)
  }

  /// The largest difference, in units of the expected values' root mean square.
  static func worst(_ found: Tensor, _ expected: Tensor) -> Double {
    let difference = abs(found.to(.float64) - expected).max().item()
    return difference / squared(expected).mean().item().squareRoot()
  }

  /// The difference's root mean square in these units.
  static func typical(_ found: Tensor, _ expected: Tensor) -> Double {
    let difference = squared(found.to(.float64) - expected).mean().item()
    return (difference / squared(expected).mean().item()).squareRoot()
  }

  /// Results and gradients in float32, with and without a bias, lie within `limit` of those in float64, where sums are LibTorch's.
  func expectNearFloat64(isTransposed: Bool, limit: Double) {
    for bias in [false, true] {
      let found = results(isTransposed: isTransposed, .float32, bias: bias)
      let expected = results(isTransposed: isTransposed, .float64, bias: bias)
      #expect(found.count == expected.count)
      for (index, (a, e)) in zip(found, expected).enumerated() {
        #expect(a.shape == e.shape)
        #expect(Self.worst(a, e) < limit, "result \(index)")
      }
    }
  }

  /// Under autocast to bfloat16 they do but for rounding; results are bfloat16, gradients float32.
  func expectNearInBFloat16(isTransposed: Bool, typical: Double, worst: Double) {
    let found = withAutocast(to: .bfloat16) { results(isTransposed: isTransposed, .float32) }
    let expected = results(isTransposed: isTransposed, .float64)
    #expect(found[0].dtype == .bfloat16)
    #expect(found[1...].allSatisfy { $0.dtype == .float32 })
    for (index, (a, e)) in zip(found, expected).enumerated() {
      #expect(a.shape == e.shape)
      #expect(Self.typical(a, e) < typical, "result \(index)")
      #expect(Self.worst(a, e) < worst, "result \(index)")
    }
  }

  /// Results and gradients of the rectified convolution are to the last bit those of `relu` behind the plain one.
  func expectRectifiedIsReluBehind(isTransposed: Bool) {
    for precision in [nil, DType.bfloat16] {
      withAutocast(to: precision) {
        let found = results(isTransposed: isTransposed, .float32, isRectified: true)
        let expected = results(isTransposed: isTransposed, .float32, isReluBehind: true)
        for (index, (a, e)) in zip(found, expected).enumerated() {
          #expect(a.dtype == e.dtype)
          // The bias's sum is in bfloat16 where the gradient is.
          if index == 3, precision != nil {
            #expect(Self.typical(a, e.to(.float64)) < 0.01)
          } else {
            #expect((a .== e).all().integerItem() == 1, "result \(index)")
          }
        }
      }
    }
  }
}
