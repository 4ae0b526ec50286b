public import LatentNN
public import Torch

/// The last state of a GRU that reads a series place by place.
///
/// **Shapes**: `[B, …, T]`, what stands before T being the channels → `[B, hidden]`. **Source**: Fabius & van Amersfoort 2014, arXiv 1412.6581, section 2.2.
public final class SeriesReader: Module, UnaryLayer {
  let gru: GRU
  private let channels: Int

  /// A reader of `channels` numbers a place.
  public init(channels: Int, hidden: Int, using generator: Generator) {
    gru = GRU(channels, hidden, using: generator)
    self.channels = channels
  }

  /// The last state.
  public func callAsFunction(_ x: Tensor) -> Tensor {
    gru(x.reshaped([x.size(0), channels, x.size(-1)]).transposed(1, 2)).hidden[0]
  }
}

/// A series that a GRU writes, which starts at tanh(W z + b) and is told the code z at every place.
///
/// An affine map of each state gives the place's numbers; they do not depend on those written before, so that the code has to
/// carry the series. **Shapes**: `[n, size]` → `[n, channels, T]`. **Source**: Fabius & van Amersfoort 2014, arXiv
/// 1412.6581, section 2.2, whose decoder is told the numbers before in place of the code.
public final class SeriesWriter: Module, UnaryLayer {
  let start: Linear
  let gru: GRU
  let output: Linear
  private let length: Int

  /// A writer of `length` places of `channels` numbers from codes of `size`.
  public init(size: Int, channels: Int, length: Int, hidden: Int, using generator: Generator) {
    start = Linear(size, hidden, using: generator)
    gru = GRU(size, hidden, using: generator)
    output = Linear(hidden, channels, using: generator)
    self.length = length
  }

  /// The series.
  public func callAsFunction(_ codes: Tensor) -> Tensor {
    let told = codes.unsqueezed(dim: 1).expanded([codes.size(0), length, codes.size(1)])
    let first = Torch.tanh(start(codes)).unsqueezed(dim: 0)
    return output(gru(told, initial: first).output).transposed(1, 2)
  }
}
