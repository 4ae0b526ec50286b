import LatentModels
import Runs
import Testing
import Torch

/// Products in bfloat16, everything that lasts in float32.
@Suite struct PrecisionTests {
  @Test func aDeviceWithoutItIsRefusedInOneLine() throws {
    try Precision.float32.check(on: .cpu) { _ in false }
    try Precision.bfloat16.check(on: .cpu) { _ in true }
    let error = #expect(throws: DeviceError.self) {
      try Precision.bfloat16.check(on: .cuda(1)) { _ in false }
    }
    #expect(
      error?.problem
        == "precision=bfloat16: expected a device that multiplies in bfloat16, found cuda:1, which "
        + "does not")
    #expect(error?.remedy == "use --set precision=float32, or another --device")
    #expect(!Device.meta.supportsBFloat16)
  }

  @Test(.enabled(if: Device.cpu.supportsBFloat16, "no bfloat16 on this processor"))
  func aStepIsCloseToThatInFloat32AndItsStateIsFloat32() throws {
    try withTemporaryFolder { folder in
      func terms(_ precision: String) throws -> [[String: Double]] {
        let path = try smallRun(
          in: folder, name: precision, steps: 25,
          set: ["hidden=64", "log-every=1", "precision=\(precision)"])
        let state = try Safetensors(path: "\(path)/checkpoints/state.safetensors").tensors
        for (name, tensor) in state where !name.hasPrefix("generator/") {
          #expect(tensor.dtype == .float32, "\(name)")
        }
        return try EventLog.read(RunFolder(existing: path)).map { $0.terms.mapValues(\.value) }
      }
      let (exact, rounded) = (try terms("float32"), try terms("bfloat16"))
      #expect(exact.count == rounded.count && exact.count == 27)
      // bfloat16 has eight bits: 0.4 % a product, less in their sums.
      for (a, b) in zip(exact, rounded) {
        #expect(abs(a["elbo"]! - b["elbo"]!) < 0.01 * abs(a["elbo"]!))
        #expect(abs(a["rate"]! - b["rate"]!) < 0.05 * a["rate"]! + 0.01)
      }
      #expect(exact[0]["elbo"] != rounded[0]["elbo"], "it is not the same computation")
      // Terms are sums in float32: multiples of 2⁻⁸ of their size would be bfloat16's.
      let isFine = rounded.contains { $0["rate"]! != bfloat16($0["rate"]!) }
      #expect(isFine)
    }
  }

  private func bfloat16(_ value: Double) -> Double {
    Tensor([value]).to(.bfloat16).to(.float64).item()
  }
}
