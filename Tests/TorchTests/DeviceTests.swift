import Testing
import Torch
import _TestSupport

@Suite struct DeviceTests {
  @Test(arguments: [
    ("cpu", Device.cpu), ("cuda", .cuda(0)), ("cuda:0", .cuda(0)), ("cuda:3", .cuda(3)),
    ("mps", .mps), ("cpu:0", .cpu),
  ])
  func namesAreRead(_ name: String, _ device: Device) {
    #expect(Device(name) == device)
  }

  @Test(arguments: ["", "gpu", "cpu:1", "cuda:", "cuda:-1", "cuda:64", "cuda:0:0", "CPU", "mps:1"])
  func otherNamesAreRefused(_ name: String) {
    #expect(Device(name) == nil)
  }

  @Test func kindAndIndexMakeADevice() {
    #expect(Device.cuda(0) != .cuda(1))
    #expect(Device.cuda(1).description == "cuda:1" && Device("\(Device.cuda(1))") == .cuda(1))
    #expect(Device.count(of: .cpu) == 1)
  }

  @Test func aDeviceThatIsNotThereIsAClearError() {
    let missing = Device.cuda(Device.count(of: .cuda))
    let text = message { try withTorchErrors { Tensor.zeros([2], device: missing) } }
    #expect(text.hasPrefix("zeros: "), "\(text)")
    #expect(text.contains("CUDA"), "\(text)")
    #expect(!text.contains("\n"))
  }

  @Test func factoriesUseTheInnermostScope() {
    struct Stop: Error {}
    #expect(Device.current == .cpu)
    withDevice(.cuda(5)) {
      #expect(Device.current == .cuda(5))
      withDevice(.cpu) { #expect(Tensor.zeros([1]).device == .cpu) }
      #expect(Device.current == .cuda(5))
    }
    #expect(throws: Stop.self) { try withDevice(.mps) { throw Stop() } }
    #expect(Device.current == .cpu)
  }
}

@Suite struct MemoryTests {
  @Test func residentMemoryIsKnownOnLinux() throws {
    #if os(Linux)
      let resident = try #require(Memory.resident)
      let peak = try #require(Memory.peakResident)
      #expect(resident > 10_000_000 && peak >= resident)
    #endif
    #expect(Memory.liveTensorHandles >= 0)
    #expect(Memory.allocated(on: .cpu) == 0)
    Memory.clearCache(on: .cpu)
  }

  @Test func aHandleIsCountedWhileItLives() {
    let kept = (0..<1000).map { _ in Tensor(1) }
    #expect(Memory.liveTensorHandles >= kept.count)
  }

  @Test func aLeakIsFound() {
    var kept: [Tensor] = []
    withKnownIssue { expectNoTensorLeaks { kept.append(Tensor(1)) } }
    #expect(kept.count == 3)
  }

  @Test func expressionsLeaveNoTensorsBehind() {
    let x = Tensor.randn([8, 8], using: Generator(seed: 1))
    expectNoTensorLeaks {
      let (_, slopes) = valueAndGradient(at: [x]) { tanh(matmul($0[0], $0[0]))[0].sum() }
      _ = slopes[0].sorted().values.setting(1, at: 0)
    }
    expectNoTensorLeaks { try? withTorchErrors { _ = x + Tensor.zeros([3]) } }
  }
}
