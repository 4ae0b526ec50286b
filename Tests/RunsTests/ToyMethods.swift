import Datasets
import LatentCore
import LatentLearning
import LatentNN
import Runs
import Torch

/// Two numbers to be learned.
final class Pair: Module {
  let first: Parameter
  let second: Parameter

  override init() {
    first = Parameter(Tensor([Float(1)]))
    second = Parameter(Tensor([Float(1)]))
  }

  var values: [Double] { [first.value.item(), second.value.item()] }
}

/// Learns by terms that a test writes down.
final class Toy: Method {
  let pair = Pair()
  let players: [Player]
  let make: (Toy, Step) -> Terms
  let held: (Toy, Step) -> Terms

  init(
    players: [Player] = [Player()], held: ((Toy, Step) -> Terms)? = nil,
    _ make: @escaping (Toy, Step) -> Terms
  ) {
    self.players = players
    self.make = make
    self.held = held ?? make
  }

  var model: Module { pair }
  var selection: Selection { Selection(term: "loss", isBetterWhenLarger: false) }
  func terms(_ batch: Batch, _ step: Step) -> Terms { make(self, step) }
  func heldOutTerms(_ batch: Batch, _ step: Step) -> Terms { held(self, step) }
}

/// One term that is minimised.
func loss(_ value: Tensor, weight: Double = 1) -> Terms {
  var terms = Terms()
  terms.minimise("loss", value, unit: .plain, weight: weight)
  return terms
}

/// Eight examples in two batches, the same for validation.
func toyData() throws -> DatasetSplits {
  let examples = try TensorDataset(
    name: "toy", schema: DatasetSchema(.vector, shape: [1], range: 0...1),
    examples: Tensor.zeros([8, 1]))
  return DatasetSplits(name: "toy", train: examples, validation: examples) { examples }
}

/// A trainer of a toy in a folder, checkpoints after each step.
func toyTrainer(
  _ toy: Toy, in folder: RunFolder, rate: Schedule = 0.1,
  change: (inout TrainingOptions) -> Void
) throws -> Trainer {
  var options = TrainingOptions(budget: .steps(10))
  options.batchSize = 4
  options.checkpointSeconds = 0
  options.logInterval = 1
  change(&options)
  return Trainer(
    method: toy, optimizer: Optimizer(SGD(), for: toy.model, learningRate: rate),
    data: try toyData(), options: options, folder: folder
  ) { _ in }
}

/// Runs `body` with the folder of a run of a toy.
func withRunFolder(_ body: (RunFolder) throws -> Void) throws {
  try withTemporaryFolder { folder in
    try body(RunFolder(in: folder, recipe: "toy", data: "toy", name: "toy"))
  }
}

/// The weights of the last step.
func last(_ folder: RunFolder) throws -> Safetensors {
  try Safetensors(path: folder.file("checkpoints/last.safetensors"))
}

/// One rate that is minimised, as the step asks.
func rate(_ value: Tensor, _ step: Step) -> Terms {
  var terms = Terms()
  terms.minimiseRate(value.reshaped([1, 1]), step)
  terms.watch("loss", value, unit: .nats)
  return terms
}
