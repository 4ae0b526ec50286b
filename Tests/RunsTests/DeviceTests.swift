import Datasets
import LatentCore
import LatentLearning
import LatentNN
import Testing
import Torch

@testable import Runs

/// The model, each batch and the noise go to the device; checkpoints are of none.
///
/// The meta device, which has shapes and no numbers, shows where things are moved to on any machine.
@Suite struct DeviceTests {
  @Test func theModelAndEachBatchAreMoved() throws {
    try withRunFolder { folder in
      var seen: [Device] = []
      let method = Watching { seen.append($0.examples.device) }
      var options = TrainingOptions(budget: .steps(2))
      options.batchSize = 2
      options.accumulation = 2
      let data = try toyData()
      // There are no numbers to read and no generator to draw from, so operations raise.
      let found = #expect(throws: TorchError.self) {
        try withTorchErrors {
          let trainer = Trainer(
            method: method, optimizer: Optimizer(SGD(), for: method.model, learningRate: 0.1),
            data: data, options: options, folder: folder, device: .meta
          ) { _ in }
          try? trainer.step()
        }
      }
      #expect(found.map { "\($0)".hasPrefix("Generator") } == true)
      #expect(seen.first == .meta)
      let parameters = method.model.parameters.map(\.parameter)
      #expect(parameters.map(\.value.device) == [.meta, .meta])
      let isTrainable = parameters.allSatisfy(\.isTrainable)
      #expect(isTrainable)
    }
  }

  /// A toy that shows its batches.
  private final class Watching: Method {
    private let pair = Pair()
    private let see: (Batch) -> Void
    init(see: @escaping (Batch) -> Void) { self.see = see }
    var model: Module { pair }
    var selection: Selection { Selection(term: "loss", isBetterWhenLarger: false) }
    func terms(_ batch: Batch, _ step: Step) -> Terms {
      see(batch)
      return loss(pair.first.value.sum())
    }
  }

  /// A state from another kind of device holds another generator's state.
  @Test func aStateFromAGraphicsDeviceGoesOnOnTheCPU() throws {
    try withTemporaryFolder { folder in
      func resumed(_ name: String, device: String) throws -> [String: Any] {
        let request = try smallRequest(in: folder, name: name, set: ["ema=0.9"])
        #expect(try TrainingSession(request) { _ in }.train(until: after(12)) == .interrupted)
        let path = "\(folder)/\(name)"
        let state = "\(path)/checkpoints/state.safetensors"
        var file = try Safetensors(path: state)
        file.metadata["counters"] = file.metadata["counters"]?.replacing(
          "\"noiseDevice\":\"cpu\"", with: "\"noiseDevice\":\"\(device)\"")
        #expect(file.metadata["counters"]?.contains("\"noiseDevice\":\"\(device)\"") == true)
        // Seed and offset of a counter-based generator.
        if device != "cpu" { file.tensors["generator/noise"] = Tensor.zeros([16], dtype: .uint8) }
        try file.write(to: state)
        #expect(try resume(path) == .finished)
        return try lastingFiles(path)
      }
      let (a, b) = (
        try resumed("a", device: "cuda") as? [String: AnyHashable],
        try resumed("b", device: "cuda") as? [String: AnyHashable]
      )
      #expect(a != nil && a == b, "the noise follows from the run's seed and the step")
      let own = try resumed("own", device: "cpu") as? [String: AnyHashable]
      #expect(own != a)
      let whole = try lastingFiles(smallRun(in: folder, name: "whole", set: ["ema=0.9"]))
      #expect(own == whole as [String: AnyHashable])
    }
  }

  @Test func weightsAreThoseOfTheSeedWhateverTheDevice() throws {
    try withTemporaryFolder { folder in
      let request = try smallRequest(in: folder, name: "run")
      let here = try request.makeMethod().model.state
      let there = try withDevice(.meta) { try request.makeMethod().model.state }
      #expect(here.count == there.count)
      for (path, tensor) in here { #expect(there[path]?.isEqual(to: tensor) == true, "\(path)") }
    }
  }
}
