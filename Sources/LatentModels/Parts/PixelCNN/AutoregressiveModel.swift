public import LatentNN
public import Torch

/// How the levels of pixels enter the network.
public enum PixelInput: Sendable, Hashable {
  /// As numbers from −1 to 1: the levels of pictures have an order.
  case scaled
  /// As rows of a table of this width: codes have none.
  case embedded(Int)
}

/// A distribution of grids of levels, one place after the other: p(x) = Π p(xᵢ | x₁ … xᵢ₋₁, h).
///
/// Places go in raster order; the channels of one are its head's. **Shapes**: levels `[B, C, H, W]` int64
/// of 0 ..< `levels`; h `[B, condition, H, W]` or `[B, condition, 1, 1]`. **Randomness**: dropout from
/// `noise`, none without it. **Source**: `PixelCNNNetwork`'s and the head's.
public final class AutoregressiveModel: Module {
  /// Features of the places.
  public let network: PixelCNNNetwork
  /// The table of embedded levels, one for each channel.
  public let tables: [Embedding]
  /// Features to levels.
  public let head: any PixelHead
  /// [C, H, W].
  public let shape: [Int]
  /// The number of levels.
  public let levels: Int

  /// A model of grids of this shape; the head is made for features of `sizes.width`.
  ///
  /// **Fails** (stops) unless H and W are multiples of `sizes.multiple`.
  public init(
    shape: [Int], levels: Int, input: PixelInput = .scaled, condition: Int = 0,
    sizes: PixelCNNSizes, using generator: Generator,
    head: (_ width: Int, _ generator: Generator) -> any PixelHead
  ) {
    precondition(
      shape.count == 3 && shape[1] % sizes.multiple == 0 && shape[2] % sizes.multiple == 0,
      "expected [C, H, W] with sides that are multiples of \(sizes.multiple), found \(shape)")
    self.shape = shape
    self.levels = levels
    var inputs = shape[0]
    if case .embedded(let width) = input {
      tables = (0..<shape[0]).map { _ in Embedding(levels, width, using: generator) }
      inputs *= width
    } else {
      tables = []
    }
    network = PixelCNNNetwork(
      inputs: inputs, condition: condition, sizes: sizes, using: generator)
    self.head = head(sizes.width, generator)
  }

  /// log p of each grid, `[B]`, in nats.
  public func logProbability(
    _ grids: Tensor, given condition: Tensor? = nil, noise: Generator? = nil
  ) -> Tensor {
    let features = network(input(grids), condition: condition, noise: noise)
    return head.logProbability(
      grids.permuted([0, 2, 3, 1]), features: features.permuted([0, 2, 3, 1])
    )
    .sum(dims: [1, 2])
  }

  /// `count` grids, drawn place by place.
  ///
  /// Each place takes a pass over the rows down to it, so that a picture of n places costs about n/2
  /// passes.
  public func sample(
    _ count: Int, given condition: Tensor? = nil, using generator: Generator
  ) -> Tensor {
    filled(count, condition) { head.sample($0, using: generator) }
  }

  /// Grids in which each place has the mean level given the means before it, rounded.
  ///
  /// The mean of p itself has no closed form.
  public func sequentialMean(_ count: Int, given condition: Tensor? = nil) -> Tensor {
    filled(count, condition) {
      round(head.mean($0)).clamped(min: 0, max: Double(levels - 1)).to(.int64)
    }
  }

  private func filled(
    _ count: Int, _ condition: Tensor?, _ fill: (Tensor) -> Tensor
  ) -> Tensor {
    withoutGradients {
      var grids = Tensor.zeros([count] + shape, dtype: .int64)
      for row in 0..<shape[1] {
        let rows = (row / network.sizes.multiple + 1) * network.sizes.multiple
        let part = condition.map { $0.size(-2) == 1 ? $0 : $0[.all, .all, 0..<rows] }
        for column in 0..<shape[2] {
          let seen = input(grids[.all, .all, 0..<rows])
          let features = network(seen, condition: part)[.all, .all, row, column]
          grids = grids.setting(fill(features), at: .all, .all, row, column)
        }
      }
      return grids
    }
  }

  private func input(_ grids: Tensor) -> Tensor {
    guard !tables.isEmpty else {
      let dtype = network.above.convolution.weight.value.dtype
      return scaledLevels(grids, count: levels, dtype: dtype)
    }
    let channels = grids.unbound(dim: 1)
    let rows = zip(tables, channels).map { $0($1).permuted([0, 3, 1, 2]) }
    return concatenated(rows, dim: 1)
  }
}
