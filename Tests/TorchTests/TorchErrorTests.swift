import Testing
import Torch
import TorchRaw
import _TestSupport

@Suite struct TorchErrorTests {
  static let wrongCalls: [(sentence: String, call: @Sendable () -> Tensor)] = [
    (
      "matmul of [2, 3] float32 and [4, 5] float32: "
        + "mat1 and mat2 shapes cannot be multiplied (2x3 and 4x5)",
      { matmul(.zeros([2, 3]), .zeros([4, 5])) }
    ),
    (
      "add of [2] float32 and [3] float32: The size of tensor a (2) must match the size of tensor "
        + "b (3) at non-singleton dimension 0",
      { Tensor.zeros([2]) + Tensor.zeros([3]) }
    ),
    (
      "reshape of [2, 3] float32: shape '[4]' is invalid for input of size 6",
      { Tensor.zeros([2, 3]).reshaped([4]) }
    ),
    (
      "cat of [2, 3] float32 and [2, 4] float32: Sizes of tensors must match except in dimension "
        + "0. Expected size 3 but got size 4 for tensor number 1 in the list.",
      { concatenated([.zeros([2, 3]), .zeros([2, 4])]) }
    ),
    (
      "sum of [2] float32: Dimension out of range (expected to be in range of [-1, 0], but got 1)",
      { Tensor.zeros([2]).sum(dim: 1) }
    ),
    (
      "size of [2] float32: dimension 3 is out of range, expected -1 to 0",
      { Tensor(Tensor.zeros([2]).size(3)) }
    ),
    (
      "shape2 of [2] float32: expected 2 dimensions, found 1",
      { Tensor(Tensor.zeros([2]).shape2.0) }
    ),
    (
      "linalg_solve of [2, 2] float32 and [2, 1] float32: torch.linalg.solve: The solver failed "
        + "because the input matrix is singular.",
      { LinearAlgebra.solve(.zeros([2, 2]), .ones([2, 1])) }
    ),
    (
      "maxPool of [1, 1, 4] float32: expected 1 to 3 spatial sizes, found 0",
      { maxPool(.zeros([1, 1, 4]), size: []) }
    ),
    (
      "interpolated of [1, 1, 4] float32: cubic needs 2 spatial sizes, found 1",
      { interpolated(.zeros([1, 1, 4]), size: [8], mode: .cubic) }
    ),
    (
      "Tensor(bytes:shape:dtype:) of [3] float64: expected 24 bytes, found 16",
      { Tensor([1.0, 2.0], shape: [3]) }
    ),
    (
      "requiringGradient of [2] int64: Only Tensors of floating point and complex dtype can "
        + "require gradients",
      { Tensor([1, 2]).requiringGradient() }
    ),
    (
      "gradients of [2] float32: grad can be implicitly created only for scalar outputs",
      { gradient(at: .zeros([2])) { $0 * 2 } }
    ),
    (
      "item of [2] float32: a Tensor with 2 elements cannot be converted to Scalar",
      { Tensor(Tensor.zeros([2]).item()) }
    ),
  ]

  @Test(arguments: wrongCalls.indices)
  func wrongCallsNameOperatorOperandsAndReason(_ index: Int) {
    let text = message { try withTorchErrors { Self.wrongCalls[index].call() } }
    // LibTorch 2.15 puts «mm: » before the reason of a matrix product.
    #expect(text.replacing(": mm: ", with: ": ") == Self.wrongCalls[index].sentence)
  }

  @Test func theFirstErrorCounts() {
    #expect {
      try withTorchErrors { relu(Tensor.zeros([2]) + Tensor.zeros([3])) * 2 }
    } throws: { "\($0)".hasPrefix("add of [2] float32 and [3] float32: ") }
  }

  @Test func partsOfTheErrorCanBeAsked() {
    let error = #expect(throws: TorchError.self) {
      try withTorchErrors { matmul(.zeros([2, 3]), .zeros([4, 5], dtype: .float64)) }
    }
    #expect(error?.operation == "matmul")
    #expect(error?.operands == ["[2, 3] float32", "[4, 5] float64"])
  }

  @Test func anInnerScopeKeepsItsErrorToItself() throws {
    let value = try withTorchErrors {
      #expect(throws: TorchError.self) { try withTorchErrors { Tensor.zeros([2])[5] } }
      return Tensor.ones([2]).sum().item()
    }
    #expect(value == 2)
  }

  @Test func theBodysOwnErrorPassesUnlessAnOperationFailedBefore() {
    struct Stop: Error {}
    #expect(throws: Stop.self) { try withTorchErrors { throw Stop() } }
    #expect(throws: TorchError.self) {
      try withTorchErrors {
        _ = Tensor.zeros([2])[5]
        throw Stop()
      }
    }
  }

  @Test func undefinedTensorsAreHarmlessInsideTheScope() {
    #expect(throws: TorchError.self) {
      try withTorchErrors {
        let bad = Tensor.zeros([2])[5]
        #expect(!bad.isDefined && bad.shape == [] && bad.rank == 0 && bad.count == 0)
        #expect(bad.item().isNaN && bad.scalars(as: Float.self).isEmpty)
        #expect("\(bad)" == "Tensor undefined")
        #expect(!(bad + 1)[0].isDefined && bad.split(2).count == 1)
      }
    }
  }

  @Test func outsideAScopeTheProcessStops() async {
    await #expect(processExitsWith: .failure) { _ = Tensor.zeros([2]) + Tensor.zeros([3]) }
  }
}
