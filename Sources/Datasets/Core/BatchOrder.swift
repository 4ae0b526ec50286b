public import FoundationEssentials
import Torch

/// The order in which examples are shown: epochs without end, each cut into batches.
///
/// The order of an epoch is `torch.randperm(count)` drawn from a generator that belongs to this
/// object alone and goes on from epoch to epoch, so a PyTorch script that calls
/// `torch.randperm(count, generator=g)` once an epoch with the same seed shows the same examples.
/// `state` is small, and an order restored from it goes on exactly where the other stood.
public final class BatchOrder {
  /// The number of examples in an epoch.
  public let count: Int
  /// The number of examples in a batch; the last batch of an epoch may be smaller.
  public let batchSize: Int
  /// Whether each epoch has a new order; otherwise examples come by number.
  public let shuffles: Bool
  /// Whether a smaller last batch is left out.
  public let dropsLast: Bool
  /// The epoch of the next batch, from 0.
  public private(set) var epoch = 0
  /// How many examples of that epoch were given out already.
  public private(set) var position = 0
  private let generator: Generator
  private var startOfEpoch: Data
  private var order: [Int] = []

  /// An order over `count` ≥ 1 examples; stops when count or batch size is below 1.
  public init(
    count: Int, batchSize: Int, seed: UInt64, shuffles: Bool = true, dropsLast: Bool = false
  ) {
    precondition(count >= 1, "an order needs at least one example, found \(count)")
    precondition(batchSize >= 1, "a batch needs at least one example, found \(batchSize)")
    precondition(!dropsLast || batchSize <= count, "no batch of \(batchSize) in \(count) examples")
    self.count = count
    self.batchSize = batchSize
    self.shuffles = shuffles
    self.dropsLast = dropsLast
    self.generator = Generator(seed: seed)
    self.startOfEpoch = Self.bytes(of: generator)
    drawEpoch()
  }

  /// The number of batches in an epoch.
  public var batchesPerEpoch: Int {
    dropsLast ? count / batchSize : (count + batchSize - 1) / batchSize
  }

  /// The indices of the next batch; after the last batch of an epoch the next one begins.
  public func next() -> [Int] {
    let batch = upcoming
    position += batch.count
    if position == count || (dropsLast && position + batchSize > count) {
      epoch += 1
      position = 0
      startOfEpoch = Self.bytes(of: generator)
      drawEpoch()
    }
    return batch
  }

  /// The indices that `next` will give, which stay to be given.
  public var upcoming: [Int] { Array(order[position..<min(position + batchSize, count)]) }

  private static func bytes(of generator: Generator) -> Data {
    generator.state.withUnsafeBytes { Data($0) }
  }

  private func drawEpoch() {
    order =
      shuffles
      ? Tensor.randperm(count, using: generator).scalars(as: Int.self) : Array(0..<count)
  }

  /// Where an order stands: enough to go on exactly.
  public struct State: Sendable, Hashable, Codable {
    /// The number of examples in an epoch.
    public var count: Int
    /// The number of examples in a batch.
    public var batchSize: Int
    /// Whether each epoch has a new order.
    public var shuffles: Bool
    /// Whether a smaller last batch is left out.
    public var dropsLast: Bool
    /// The epoch of the next batch.
    public var epoch: Int
    /// How many examples of that epoch were given out.
    public var position: Int
    /// The generator's state from which the epoch's order was drawn.
    public var generator: Data
  }

  /// Where the order stands now.
  public var state: State {
    State(
      count: count, batchSize: batchSize, shuffles: shuffles, dropsLast: dropsLast, epoch: epoch,
      position: position, generator: startOfEpoch)
  }

  /// The order that stands where `state` was taken.
  ///
  /// Throws `DatasetError` when the state cannot have come from an order.
  public init(restoring state: State) throws {
    let fits = state.count >= 1 && state.batchSize >= 1 && state.epoch >= 0
    guard fits, (0..<state.count).contains(state.position),
      !state.dropsLast || state.batchSize <= state.count
    else { throw Self.broken("position \(state.position) of \(state.count) examples") }
    count = state.count
    batchSize = state.batchSize
    shuffles = state.shuffles
    dropsLast = state.dropsLast
    generator = Generator(seed: 0)
    startOfEpoch = state.generator
    do {
      try withTorchErrors {
        generator.state = state.generator.withUnsafeBytes {
          Tensor(bytes: $0, shape: [$0.count], dtype: .uint8)
        }
      }
    } catch { throw Self.broken("a generator state of \(state.generator.count) bytes") }
    epoch = state.epoch
    position = state.position
    drawEpoch()
  }

  private static func broken(_ found: String) -> DatasetError {
    DatasetError(
      .environment, subject: "data order", problem: "expected a saved order, found \(found)",
      remedy: "resume from another checkpoint")
  }
}
