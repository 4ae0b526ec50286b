import Datasets
import FoundationEssentials
import LatentLearning
import LatentNN
import Torch

/// Everything that a run needs to go on, in one file that is replaced in one piece.
///
/// `checkpoints/state.safetensors` holds the model under `model/…`, the optimiser under
/// `optimizer/…`, the average of the weights under `average/…`, generators under `generator/…`, and the
/// counters as JSON in the metadata. Beside it `last.safetensors` and `best.safetensors` hold the
/// model's weights alone (the averages where they are kept), for other programs.
struct Checkpoint {
  var model: [String: Tensor]
  var optimizer: OptimizerState
  var average: Average?
  var generators: [String: Tensor]
  /// The kind of device that the generator of the noise draws on.
  var noiseDevice: String
  var state: TrainingState
  var order: BatchOrder.State

  /// The average of the weights and its number of updates.
  struct Average {
    var tensors: [String: Tensor]
    var count: Int
  }

  static let path = "checkpoints/state.safetensors"
  static let last = "checkpoints/last.safetensors"
  static let best = "checkpoints/best.safetensors"

  private struct Counters: Codable {
    var state: TrainingState
    var order: BatchOrder.State
    var optimizer: [String: Int]
    var averageUpdates: Int?
    var noiseDevice: String
  }

  /// Writes the state, then the weights; throws `FileError` and leaves the former files.
  func write(to folder: RunFolder) throws {
    var tensors: [String: Tensor] = [:]
    for (name, tensor) in model { tensors["model/\(name)"] = tensor }
    for (name, tensor) in optimizer.tensors { tensors["optimizer/\(name)"] = tensor }
    for (name, tensor) in average?.tensors ?? [:] { tensors["average/\(name)"] = tensor }
    for (name, tensor) in generators { tensors["generator/\(name)"] = tensor }
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys]
    let counters = Counters(
      state: state, order: order, optimizer: optimizer.counts, averageUpdates: average?.count,
      noiseDevice: noiseDevice)
    let text = String(decoding: try encoder.encode(counters), as: UTF8.self)
    let file = Safetensors(tensors, metadata: ["counters": text, "format": "latent-state-1"])
    try file.write(to: folder.file(Self.path))
    try Self.writeWeights(weights, step: state.step, to: folder.file(Self.last))
  }

  /// The weights for use: buffers as they are, parameters by their averages if there are any.
  private var weights: [String: Tensor] {
    guard let average, average.count > 0 else { return model }
    return model.merging(average.tensors) { _, averaged in averaged }
  }

  /// Whether the run has a state.
  static func exists(in folder: RunFolder) -> Bool {
    FileManager.default.fileExists(atPath: folder.file(path))
  }

  /// The refusal of a state that can be read but not used.
  func refused(_ folder: RunFolder, _ problem: String) -> FileError {
    FileError(path: folder.file(Self.path), problem: problem, remedy: Self.remedy)
  }

  private static let remedy = "restore it from a copy, or train anew"

  /// Writes the model's weights alone.
  static func writeWeights(_ model: [String: Tensor], step: Int, to path: String) throws {
    let file = Safetensors(model, metadata: ["format": "latent-weights-1", "step": "\(step)"])
    try file.write(to: path)
  }

  /// Reads the state of a run; throws `FileError` if it is missing or damaged.
  init(from folder: RunFolder) throws {
    let path = folder.file(Self.path)
    let file = try Safetensors(path: path)
    guard let text = file.metadata["counters"],
      let counters = try? JSONDecoder().decode(Counters.self, from: Data(text.utf8))
    else {
      throw FileError(
        path: path, problem: "is no state of a training run",
        remedy: Self.remedy)
    }
    func part(_ prefix: String) -> [String: Tensor] {
      var found: [String: Tensor] = [:]
      for (name, tensor) in file.tensors where name.hasPrefix(prefix) {
        found[String(name.dropFirst(prefix.count))] = tensor
      }
      return found
    }
    model = part("model/")
    optimizer = OptimizerState(tensors: part("optimizer/"), counts: counters.optimizer)
    average = counters.averageUpdates.map { Average(tensors: part("average/"), count: $0) }
    generators = part("generator/")
    noiseDevice = counters.noiseDevice
    state = counters.state
    order = counters.order
  }

  init(
    model: [String: Tensor], optimizer: OptimizerState, average: Average?,
    generators: [String: Tensor], noiseDevice: String, state: TrainingState, order: BatchOrder.State
  ) {
    self.model = model
    self.optimizer = optimizer
    self.average = average
    self.generators = generators
    self.noiseDevice = noiseDevice
    self.state = state
    self.order = order
  }
}
