import Testing
import Torch
import _TestSupport

@Suite struct ProductTests {
  @Test func productsAreThoseOfPyTorch() throws {
    var f = try RecordedFamily("product")
    let (x, y, row) = try (f.input("x"), f.input("y"), f.input("row"))
    let (a, b, v) = try (f.input("a"), f.input("b"), f.input("v"))
    f.check("matmul", matmul(a, b))
    f.check("matvec", matmul(a, v))
    f.check("dot", matmul(v, row))
    f.check("einsum", einsum("bij,bjk->bk", a, b))
    f.check("einsum_trace", einsum("ii->", [x[.all, ..<3]]))
    f.check("einsum_outer", einsum("i,j->ij", [v, row]))
    f.check("outer", outer(v, row))
    f.check("linear", linear(a, weight: b[0].transposed(), bias: try f.input("bias")))
    f.check("cdist", pairwiseDistances(x, y))
    f.check("cdist1", pairwiseDistances(x, y, p: 1))
    f.check("cosine", cosineSimilarity(x, y))
    f.check("kron", kroneckerProduct(x[..<2, ..<2], y))
    f.check("tensordot", tensorProduct(a, b, dims: [0, 2], [0, 1]))
    f.finish()
  }

  @Test func equalRowsAreAtDistanceZero() {
    let x = Tensor.randn([4, 3], using: Generator(seed: 1)) + 1000
    expectClose(pairwiseDistances(x, x).diagonal(), Tensor.zeros([4]), absolute: 0)
  }
}

@Suite struct ConvolutionTests {
  @Test func convolutionsAreThoseOfPyTorch() throws {
    var f = try RecordedFamily("convolution")
    for n in 1...3 {
      let image = try f.input("image\(n)")
      let (kernel, back) = try (f.input("kernel\(n)"), f.input("back\(n)"))
      let bias = try f.input("bias\(n)")
      let ones = [Int](repeating: 1, count: n)
      let zeros = [Int](repeating: 0, count: n)
      var options = ConvolutionOptions(
        stride: ones.map { 2 * $0 }, padding: ones, dilation: ones, groups: 2)
      f.check("conv\(n)", convolution(image, weight: kernel, bias: bias, options: options))
      options.outputPadding = ones
      f.check(
        "transposed\(n)",
        transposedConvolution(image, weight: back, bias: bias, options: options))
      let wide = Array([2, 1, 1].prefix(n))
      let dilated = ConvolutionOptions(stride: ones, padding: zeros, dilation: wide, groups: 2)
      f.check("dilated\(n)", convolution(image, weight: kernel, options: dilated))
    }
    let options = ConvolutionOptions(stride: [2, 2], padding: [1, 1], dilation: [1, 1])
    let columns = imageToColumns(try f.input("image2"), kernel: [3, 2], options: options)
    f.check("unfold", columns)
    f.check("fold", columnsToImage(columns, size: [7, 6], kernel: [3, 2], options: options))
    f.finish()
  }

  @Test func gradientsMatchDifferencesAndTheTransposeIsTheAdjoint() {
    let g = Generator(seed: 3)
    let x = Tensor.randn([1, 2, 5, 4], using: g, dtype: .float64)
    let w = Tensor.randn([3, 2, 3, 2], using: g, dtype: .float64)
    let options = ConvolutionOptions(stride: [2, 1], padding: [1, 0], dilation: [1, 1])
    expectGradientsMatchDifferences(at: [x, w]) {
      squared(convolution($0[0], weight: $0[1], options: options)).sum()
    }
    let y = Tensor.randn([1, 3, 3, 3], using: g, dtype: .float64)
    let forward = (convolution(x, weight: w, options: options) * y).sum()
    let adjoint = (transposedConvolution(y, weight: w, options: options) * x).sum()
    expectClose(forward, adjoint)
  }

  @Test func poolingIsThatOfPyTorch() throws {
    var f = try RecordedFamily("pooling")
    for n in 1...3 {
      let image = try f.input("image\(n)")
      func list(_ value: Int) -> [Int] { [Int](repeating: value, count: n) }
      let target = Array([3, 2, 2].prefix(n))
      f.check("max\(n)", maxPool(image, size: list(2)))
      f.check(
        "max_overlap\(n)", maxPool(image, size: list(3), stride: list(2), padding: list(1)))
      f.check("avg\(n)", averagePool(image, size: list(2)))
      f.check(
        "avg_inner\(n)",
        averagePool(
          image, size: list(3), stride: list(2), padding: list(1), countingPadding: false))
      f.check("adaptive\(n)", adaptiveAveragePool(image, size: target))
      f.check("adaptive_max\(n)", adaptiveMaxPool(image, size: target))
    }
    f.finish()
  }

  @Test func interpolationIsThatOfPyTorch() throws {
    var f = try RecordedFamily("interpolation")
    for n in 1...3 {
      let image = try f.input("image\(n)")
      let target = Array([9, 4, 7].prefix(n))
      f.check("nearest\(n)", interpolated(image, size: target, mode: .nearest))
      f.check("linear\(n)", interpolated(image, size: target))
      f.check("aligned\(n)", interpolated(image, size: target, alignCorners: true))
    }
    let image = try f.input("image2")
    f.check("cubic2", interpolated(image, size: [9, 4], mode: .cubic))
    let grid = affineGrid(try f.input("theta"), size: [4, 5])
    f.check("affine", grid)
    f.check("sampled", gridSampled(image, grid: grid))
    f.finish()
  }
}
