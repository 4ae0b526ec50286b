import Testing
import Torch
import TorchRaw
import _TestSupport

/// Work that is recorded on the CPU does nothing until it is replayed, and then what it would have done.
@Suite struct RecordedWorkTests {
  init() { GraphRecorder.register() }

  @Test func nothingHappensBeforeTheFirstReplay() throws {
    let x = Tensor([1.0, 2.0])
    let work = try RecordedWork(on: .cpu, drawing: Generator(seed: 0)) {
      add(x, Tensor([1.0, 1.0]))
    }
    #expect(x.scalars(as: Double.self) == [1, 2])
    try work.replay()
    #expect(x.scalars(as: Double.self) == [2, 3])
    try work.replay()
    #expect(x.scalars(as: Double.self) == [3, 4])
  }

  /// Forward pass and gradients by replays, with inputs that are overwritten in between.
  @Test func aReplayReadsWhatLiesInMemoryThen() throws {
    let (w, x) = (Tensor([0.5, -1.0]).requiringGradient(), Tensor([0.0, 0.0]))
    func pass() -> (value: Tensor, gradient: Tensor) {
      let value = exp(w * x).sum() + (w * w).sum()
      return (value.detached(), gradients(of: [value], withRespectTo: [w])[0])
    }
    var results: (value: Tensor, gradient: Tensor)?
    let work = try RecordedWork(on: .cpu, drawing: Generator(seed: 0)) { results = pass() }
    let (value, gradient) = try #require(results)
    for numbers in [[1.0, 2.0], [-0.5, 0.25]] {
      write(Tensor(numbers), to: x)
      try work.replay()
      let expected = pass()
      #expect(value.isEqual(to: expected.value))
      #expect(gradient.isEqual(to: expected.gradient))
    }
  }

  @Test func eachReplayDrawsTheNextNumbersOfTheGenerator() throws {
    let (ours, theirs) = (Generator(seed: 5), Generator(seed: 5))
    var drawn: Tensor?
    let work = try RecordedWork(on: .cpu, drawing: ours) {
      drawn = Tensor.randn([3], using: ours, dtype: .float64)
    }
    #expect(ours.state.isEqual(to: theirs.state))
    for _ in 0..<3 {
      try work.replay()
      let expected = Tensor.randn([3], using: theirs, dtype: .float64)
      #expect(try #require(drawn).isEqual(to: expected))
    }
    #expect(ours.state.isEqual(to: theirs.state))
  }

  @Test func aNumberThatIsReadEndsTheRecordingAndLeavesNothing() throws {
    let x = Tensor([1.0])
    #expect(throws: TorchError.self) {
      _ = try RecordedWork(on: .cpu, drawing: Generator(seed: 0)) {
        add(x, x)
        _ = x.item()
      }
    }
    #expect(x.item() == 1)
    // The thread records nothing any more.
    #expect((x + x).item() == 2)
  }

  @Test func readsOfTheHostAreNoted() {
    let x = Tensor([1.0])
    #expect(HostReads.during { x + x }.read == nil)
    #expect(HostReads.during { x.item() }.read == "a number of a tensor")
    #expect(HostReads.during { x.scalars(as: Double.self) }.read == "the numbers of a tensor")
    #expect(HostReads.during { x.isEqual(to: x) }.read == "an answer about tensors")
    #expect(HostReads.during { Generator(seed: 1) }.read == "a generator of its own")
    #expect(HostReads.during { x + x }.read == nil)
  }

  /// The package is linked to LibTorch for the CPU alone; CUDA's recordings are found where its library is loaded.
  @Test func devicesWithoutRecordingsSaySo() {
    #expect(RecordedWork.isAvailable(on: .cuda()) == (Device.count(of: .cuda) > 0))
    #expect(!RecordedWork.isAvailable(on: .mps))
    #expect(throws: TorchError.self) {
      _ = try RecordedWork(on: .mps, drawing: Generator(seed: 0)) {}
    }
  }

  private func add(_ x: Tensor, _ y: Tensor) {
    callInPlace(.addInPlace, x.argument, y.argument)
  }

  private func write(_ y: Tensor, to x: Tensor) {
    callInPlace(.copyInPlace, x.argument, y.argument)
  }
}
