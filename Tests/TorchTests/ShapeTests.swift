import Testing
import Torch
import _TestSupport

@Suite struct ShapeTests {
  @Test func shapeOperationsAreThoseOfPyTorch() throws {
    var f = try RecordedFamily("shape")
    let (x, y, row, cube) = try (f.input("x"), f.input("y"), f.input("row"), f.input("cube"))
    f.check("reshape", x.reshaped([2, -1]))
    f.check("flatten", cube.flattened(from: 1))
    f.check("unflatten", x.unflattened(dim: 1, [2, -1]))
    f.check("permute", cube.permuted([2, 0, 1]))
    f.check("transpose", cube.transposed())
    f.check("movedim", cube.movingDims([0, 1], to: [2, 0]))
    f.check("squeeze", cube[0..<1].squeezed())
    f.check("unsqueeze", x.unsqueezed(dim: 1))
    f.check("expand", row.expanded([2, 3, 4]))
    f.check("repeat", x.repeated([2, 1, 2]))
    f.check("interleave", x.interleaved(2, dim: 0))
    f.check("flip", x.flipped(dims: [0, 1]))
    f.check("roll", x.rolled(1, dim: 1))
    f.check("split", x.split(3, dim: 1)[1])
    f.check("split_sizes", x.split(sizes: [1, 3], dim: 1)[1])
    f.check("chunk", x.chunked(2, dim: 0)[1])
    f.check("unbind", cube.unbound(dim: 1)[2])
    f.check("diagonal", cube.diagonal(offset: 1))
    f.check("diag_embed", x.diagonalMatrix())
    f.check("tril", x.lowerTriangle(diagonal: -1))
    f.check("triu", x.upperTriangle(diagonal: 1))
    f.check("unfold", x.windows(dim: 1, size: 2, step: 2))
    f.check("pad", x.padded([1, 2], value: 3))
    f.check("pad_reflect", cube.padded([1, 1], mode: .reflect))
    f.check("pad_replicate", cube.padded([2, 0], mode: .replicate))
    f.check("pad_circular", cube.padded([0, 2], mode: .circular))
    f.check("shuffle", try f.input("shuffled").pixelShuffled(2))
    f.check("unshuffle", try f.input("unshuffled").pixelUnshuffled(2))
    f.check("cat", concatenated([x, y], dim: 1))
    f.check("stack", stacked([x, y], dim: 2))
    f.check("broadcast", broadcast([x, row])[1])
    f.check("meshgrid", meshgrid([row, x[.all, 0]])[1])
    f.check("arange", Tensor.arange(1.0, 2.0, step: 0.25))
    f.check("linspace", Tensor.linspace(-1, 1, count: 5))
    f.check("logspace", Tensor.logspace(0, 2, count: 5, base: 2))
    f.check("eye", Tensor.eye(3))
    f.check("block_diag", blockDiagonal([x, y[0..<2, 0..<2]]))
    f.finish()
  }

  @Test func factoriesGiveWhatTheyName() {
    for dtype in DType.allCases {
      #expect(Tensor.zeros([2, 0, 3], dtype: dtype).shape == [2, 0, 3])
      #expect(Tensor.ones([2], dtype: dtype).dtype == dtype)
    }
    expectClose(Tensor.full([2], 7, dtype: .int32), Tensor([7, 7]).to(.int32))
    let like = Tensor.zeros([2, 3], dtype: .float64)
    expectClose(Tensor.full(like: like, 2.5), Tensor.full([2, 3], 2.5, dtype: .float64))
    expectClose(Tensor.ones(like: like) - Tensor.zeros(like: like), Tensor.ones(like: like))
    expectClose(Tensor([[1, 2], [3, 4]]), Tensor.arange(1.0, 5, step: 1).reshaped([2, 2]))
  }

  @Test func sizesAreReadFromEitherEnd() {
    let x = Tensor.zeros([2, 3, 4, 5])
    #expect(x.size(0) == 2 && x.size(-1) == 5 && x.rank == 4 && x.count == 120)
    #expect(x.shape4 == (2, 3, 4, 5))
    #expect(x[0].shape3 == (3, 4, 5) && x[0, 0].shape2 == (4, 5))
    #expect(x.byteCount == 480)
  }

  @Test func viewsShareAndContiguousCopies() {
    let x = Tensor.arange(6).reshaped([2, 3])
    #expect(x.isContiguous && !x.transposed().isContiguous)
    #expect(x.transposed().contiguous().isContiguous)
    #expect(x.transposed().scalars(as: Int.self) == [0, 3, 1, 4, 2, 5])
  }
}
