import LatentNN
import Torch

/// The layers of a feature network: what makes features of examples, and what the features are trained to tell.
final class FeatureLayers: Module {
  /// Convolutions of stride 2, or dense layers where examples are no images.
  let body: [Module]
  /// To the features.
  let features: Linear
  /// From features to class scores, or to the first map of the decoder.
  let head: Linear
  /// From the smallest map back to the example, without classes.
  let decoder: [Module]
  /// The mean of each channel (or column) of the training data.
  let mean: Buffer
  /// Its standard deviation, 1 where it is constant.
  let scale: Buffer

  /// The root mean square of the features of the training data, which features are divided by.
  let featureScale = Buffer(Tensor.ones([]))

  let shape: FeatureShape

  init(_ shape: FeatureShape, mean: Tensor, scale: Tensor, using generator: Generator) {
    self.shape = shape
    self.mean = Buffer(mean)
    self.scale = Buffer(scale)
    let widths = shape.widths
    body = (1..<widths.count).map { index in
      shape.isImage
        ? Conv2d(
          widths[index - 1], widths[index], kernel: 3, stride: 2, padding: 1, using: generator)
        : Linear(widths[index - 1], widths[index], using: generator)
    }
    features = Linear(shape.smallestCount, FeatureShape.featureCount, using: generator)
    let headCount = shape.classCount ?? shape.smallestCount
    head = Linear(FeatureShape.featureCount, headCount, using: generator)
    guard shape.classCount == nil else {
      decoder = []
      return
    }
    decoder = (1..<widths.count).reversed().map { index in
      shape.isImage
        ? Conv2d(widths[index], widths[index - 1], kernel: 3, padding: 1, using: generator)
        : Linear(widths[index], widths[index - 1], using: generator)
    }
  }

  /// Examples less their mean over their deviation, `[n, c, h, w]` or `[n, d]`.
  func normalized(_ examples: Tensor) -> Tensor {
    let x = examples.to(.float32)
    return shape.isImage
      ? (x - mean.value.reshaped([1, -1, 1, 1])) / scale.value.reshaped([1, -1, 1, 1])
      : (x.flattened(from: 1) - mean.value) / scale.value
  }

  /// Features `[n, 64]` of normalised examples.
  func encode(_ x: Tensor) -> Tensor {
    var h = x
    for layer in body { h = relu(apply(layer, h)) }
    return features(h.flattened(from: 1))
  }

  /// The loss of a batch: cross-entropy of classes, or squared error of the reconstruction, mean over elements.
  func loss(_ x: Tensor, labels: Tensor?) -> Tensor {
    let h = head(relu(encode(x)))
    if let labels { return crossEntropy(logits: h, targets: labels) }
    return squaredError(reconstruct(h), x)
  }

  private func reconstruct(_ start: Tensor) -> Tensor {
    var h = shape.isImage ? start.reshaped([-1] + shape.maps[shape.maps.count - 1]) : start
    for (index, layer) in decoder.enumerated() {
      h = relu(h)
      if shape.isImage {
        let target = shape.maps[shape.maps.count - 2 - index]
        h = interpolated(h, size: [target[1], target[2]], mode: .nearest)
      }
      h = apply(layer, h)
    }
    return h
  }

  private func apply(_ layer: Module, _ x: Tensor) -> Tensor {
    (layer as? any UnaryLayer)?(x) ?? x
  }
}

/// The sizes of a feature network for examples of one shape.
struct FeatureShape {
  static let featureCount = 64

  let exampleShape: [Int]
  let classCount: Int?

  var isImage: Bool { exampleShape.count == 3 }

  /// The shape of each map `[c, h, w]`, from the example to the smallest: halved until a side is 4 or less.
  var maps: [[Int]] {
    var maps = [exampleShape]
    var channels = 32
    while let last = maps.last, Swift.min(last[1], last[2]) > 4, maps.count < 5 {
      maps.append([channels, (last[1] + 1) / 2, (last[2] + 1) / 2])
      channels = Swift.min(128, 2 * channels)
    }
    // A picture that is small already still passes one convolution.
    if maps.count == 1 { maps.append([32, (maps[0][1] + 1) / 2, (maps[0][2] + 1) / 2]) }
    return maps
  }

  /// Channels or columns from the example inwards.
  var widths: [Int] {
    isImage ? maps.map { $0[0] } : [exampleShape.reduce(1, *), 128, 128]
  }

  /// Numbers of the smallest map.
  var smallestCount: Int {
    isImage ? maps[maps.count - 1].reduce(1, *) : 128
  }
}
