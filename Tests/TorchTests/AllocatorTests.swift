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
    @Test func aPlaceIsTakenAgainByItsSize() throws {
      try TorchRuntime.start(threads: nil)
      var found = 0
      for turn in 0..<20 {
        let size = [(1 << 20) + turn * 16]
        var layers = (0..<3).map { _ in Tensor.ones(size) }
        let before = Self.place(layers[1])
        layers[1] = layers[0]
        layers[1] = Tensor.ones(size)
        found += Self.place(layers[1]) == before ? 1 : 0
      }
      // Tests beside this one may take a place or two in between.
      #expect(found >= 15)
    }
  #endif
}
