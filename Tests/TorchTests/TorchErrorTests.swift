import Testing
import Torch

@Suite struct TorchErrorTests {
  @Test func wrongShapesNameOperatorShapesAndReason() {
    let operands = "matmul of [2, 3] float32 and [4, 5] float32: "
    // LibTorch 2.15 puts «mm: » before its reason.
    let reason = "mat1 and mat2 shapes cannot be multiplied (2x3 and 4x5)"
    #expect {
      try withTorchErrors { matmul(.zeros([2, 3]), .zeros([4, 5])) }
    } throws: { "\($0)".hasPrefix(operands) && "\($0)".hasSuffix(reason) }
  }

  @Test func theFirstErrorCounts() {
    #expect {
      try withTorchErrors { relu(Tensor.zeros([2]) + Tensor.zeros([3])) * 2 }
    } throws: { "\($0)".hasPrefix("add of [2] float32 and [3] float32: ") }
  }

  @Test func outsideAScopeTheProcessStops() async {
    await #expect(processExitsWith: .failure) { _ = Tensor.zeros([2]) + Tensor.zeros([3]) }
  }
}
