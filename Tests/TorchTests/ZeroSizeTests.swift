import Testing
import Torch
import _TestSupport

/// Tensors without elements, without dimensions and with one element, through each family.
@Suite struct ZeroSizeTests {
  @Test func tensorsWithoutElementsPassThrough() {
    let none = Tensor.zeros([0, 3])
    #expect((none + Tensor.ones([3])).shape == [0, 3])
    #expect(exp(none).shape == [0, 3] && softmax(none).shape == [0, 3])
    #expect(matmul(none, Tensor.ones([3, 2])).shape == [0, 2])
    expectClose(matmul(Tensor.zeros([2, 0]), Tensor.zeros([0, 3])), Tensor.zeros([2, 3]))
    #expect(none.transposed().shape == [3, 0] && none.reshaped([3, 0, 2]).count == 0)
    #expect(none[none.sum(dim: 1) .> 0].shape == [0, 3])
    #expect(none.sorted(dim: 1).values.shape == [0, 3] && none.nonzero().shape == [0, 2])
    #expect(concatenated([none, Tensor.ones([2, 3])]).shape == [2, 3])
    #expect(layerNorm(none, shape: [3]).shape == [0, 3])
    #expect(embedding(Tensor.arange(0), table: Tensor.ones([4, 2])).shape == [0, 2])
    #expect(none.cumulativeSum(dim: 0).shape == [0, 3] && none.unique().values.shape == [0])
    #expect(Tensor.randn([0], using: Generator(seed: 1)).shape == [0])
    let options = ConvolutionOptions(stride: [1], padding: [0], dilation: [1])
    let image = convolution(Tensor.zeros([0, 2, 5]), weight: .ones([3, 2, 2]), options: options)
    #expect(image.shape == [0, 3, 4])
    #expect(LinearAlgebra.inverse(Tensor.zeros([0, 3, 3])).shape == [0, 3, 3])
    expectClose(none.setting(1, at: .all, 0), none)
  }

  @Test func gradientsOfNothingAreNothing() {
    expectClose(gradient(at: Tensor.zeros([0, 3])) { squared($0).sum() }, Tensor.zeros([0, 3]))
  }

  @Test func scalarsStandBesideTensors() {
    let one = Tensor(2.0)
    #expect(one.rank == 0 && one.count == 1 && one.shape == [])
    expectClose(one * Tensor([1.0, 3.0]), Tensor([2.0, 6.0]))
    #expect(one.unsqueezed(dim: 0).shape == [1] && one.flattened().shape == [1])
    #expect(one[.newAxis, .newAxis].shape == [1, 1] && one[.ellipsis].shape == [])
    expectClose(gradient(at: one) { pow($0, 3) }, Tensor(12.0))
    expectClose(one.setting(5, at: .ellipsis), Tensor(5.0))
  }

  @Test func broadcastingFollowsTheShapes() {
    let column = Tensor([[1], [2]])
    let row = Tensor([10.0, 20.0, 30.0])
    expectClose(column + row, Tensor([[11, 21, 31], [12, 22, 32]]))
    expectClose(gradient(at: column) { ($0 * row).sum() }, Tensor([[60], [60]]))
    #expect((Tensor.zeros([3, 1, 2]) + Tensor.zeros([4, 1])).shape == [3, 4, 2])
  }
}
