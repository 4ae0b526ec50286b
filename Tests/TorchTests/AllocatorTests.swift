import Testing
import Torch

/// Memory of tensors on the CPU.
@Suite struct AllocatorTests {
  static func place(_ x: Tensor) -> UInt {
    x.withUnsafeBytes { UInt(bitPattern: $0.baseAddress) }
  }

  @Test func numbersBeginAtACacheLine() {
    for count in [1, 3, 16, 1000, 100_001] {
      let x = Tensor.zeros([count])
      #expect(Self.place(x) % 64 == 0, "\(count)")
    }
  }

  @Test func whatCannotBeHadIsRefused() {
    #expect(throws: TorchError.self) {
      try withTorchErrors { Tensor.zeros([1 << 50]) }
    }
    #expect(Tensor.zeros([0]).sum().item() == 0)
  }

  #if os(Linux)
    /// A block finds the place of one of its size that is gone between two that stay, as a layer's output does from step to
    /// step. From `posix_memalign` none did, and a U-Net's heap had twice the size of its tensors.
    ///
    /// In a process of its own, since tests beside this one would take places too. It is so from the first tensor on.
    @Test func aPlaceIsTakenAgainByItsSize() async {
      await #expect(processExitsWith: .success) {
        for size in [1 << 13, 1 << 20] {
          if size == 1 << 20 { try TorchRuntime.start(threads: nil) }
          for turn in 0..<20 {
            let size = [size + turn * 16]
            var layers = (0..<3).map { _ in Tensor.ones(size) }
            let before = Self.place(layers[1])
            layers[1] = layers[0]
            layers[1] = Tensor.ones(size)
            #expect(Self.place(layers[1]) == before, "\(size), turn \(turn)")
          }
        }
      }
    }

    /// What an operator of another thread holds meanwhile goes back to where it came from.
    @Test func theRuntimeMayStartWhileOperatorsWork() async {
      await #expect(processExitsWith: .success) {
        let begin = ContinuousClock.now
        await withTaskGroup(of: Void.self) { group in
          for task in 0..<3 {
            group.addTask {
              let options = ConvolutionOptions(stride: [1, 1], padding: [2, 2], dilation: [1, 1])
              let x = Tensor.ones([8, 24, 24, 24])
              let weight = Tensor.ones([24, 24, 5, 5]).requiringGradient()
              var starts = task == 0
              while ContinuousClock.now - begin < .milliseconds(600) {
                let y = convolution(x, weight: weight, options: options)
                _ = gradients(of: [y.sum()], withRespectTo: [weight])
                if starts, ContinuousClock.now - begin > .milliseconds(300) {
                  try? TorchRuntime.start(threads: nil)
                  starts = false
                }
              }
            }
          }
        }
      }
    }
  #endif
}
