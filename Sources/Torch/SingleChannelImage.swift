import CTorch
import TorchRaw

/// The transposed convolution of images to one channel as a product and a sum of columns; nil where it is left to LibTorch.
///
/// y = col2im(Wᵀ x), the same sums in another order. oneDNN's kernels fill vectors with output channels, of which there is one:
/// 32 → 1 channels, 32×32 → 64×64 pixels, 128 images, forward and backward on one thread took 58 ms there and 21 ms so; with three
/// channels there is no difference. Only float32 and float64 on the CPU; under autocast the product is in its precision, the
/// sum in that of the weights.
func singleChannelImage(
  _ x: Tensor, _ weight: Tensor, _ bias: Tensor?, _ options: ConvolutionOptions,
  _ outputPadding: [Int]
) -> Tensor? {
  guard weight.rank == 4, weight.size(1) == 1, options.groups == 1, x.rank == 4, x.count > 0,
    x.size(1) == weight.size(0), x.device == .cpu, options.stride.count == 2,
    weight.dtype == .float32 || weight.dtype == .float64,
    x.dtype == weight.dtype || x.autocasted.dtype == weight.autocasted.dtype,
    options.padding.count == 2, options.dilation.count == 2, outputPadding.count == 2
  else { return nil }
  let kernel = [weight.size(2), weight.size(3)]
  let size = (0..<2).map { dim -> Int in
    let windows = (x.size(2 + dim) - 1) * options.stride[dim] - 2 * options.padding[dim]
    return windows + options.dilation[dim] * (kernel[dim] - 1) + outputPadding[dim] + 1
  }
  let fits = (0..<2).allSatisfy { size[$0] > 0 && outputPadding[$0] < options.stride[$0] }
  guard fits else { return nil }
  // A batched product: of a plain one the gradient of the weight would be summed over images one at a time.
  let filters = weight.reshaped([1, weight.size(0), kernel[0] * kernel[1]]).transposed(1, 2)
  let columns = matmul(
    filters.expanded([x.size(0), kernel[0] * kernel[1], x.size(1)]), x.flattened(from: 2))
  let image = columnsToImage(columns.to(weight.dtype), size: size, kernel: kernel, options: options)
  return bias.map { image + $0.reshaped([1, 1, 1, 1]) } ?? image
}
