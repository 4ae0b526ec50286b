import Testing
import Torch
import _TestSupport

@Suite struct ReductionTests {
  @Test func reductionsAreThoseOfPyTorch() throws {
    var f = try RecordedFamily("reduction")
    let (x, cube, gap) = try (f.input("x"), f.input("cube"), f.input("gap"))
    let (i, j) = try (f.input("i"), f.input("j"))
    f.check("sum", x.sum())
    f.check("sum_dim", cube.sum(dims: [0, 2]))
    f.check("sum_keep", x.sum(dim: 1, keepDim: true))
    f.check("sum_int", i.sum())
    f.check("mean", x.mean())
    f.check("mean_dim", cube.mean(dim: -1))
    f.check("prod", x.product())
    f.check("prod_dim", x.product(dim: 0))
    f.check("var", x.variance())
    f.check("var_dim", x.variance(dims: [1], correction: 0))
    f.check("std", x.standardDeviation(dims: [0]))
    f.check("amax", x.max())
    f.check("amax_dim", cube.max(dims: [0, 1]))
    f.check("amin", x.min(dims: [1]))
    f.check("max_values", x.maxWithIndices(dim: 1).values)
    f.check("max_indices", x.maxWithIndices(dim: 1).indices)
    f.check("min_values", x.minWithIndices(dim: 0).values)
    f.check("min_indices", x.minWithIndices(dim: 0).indices)
    f.check("argmax", x.argMax())
    f.check("argmax_dim", x.argMax(dim: 1, keepDim: true))
    f.check("argmin", x.argMin(dim: 0))
    f.check("all", (x .> -9).all())
    f.check("all_dim", (x .> 0).all(dim: 1))
    f.check("any", (x .> 9).any())
    f.check("any_dim", (x .> 0).any(dim: 0))
    f.check("logsumexp", x.logSumExp(dims: [0, 1]))
    f.check("logsumexp_dim", x.logSumExp(dim: 1))
    f.check("norm", x.norm())
    f.check("norm1", x.norm(1, dims: [0]))
    f.check("quantile", x.quantile([0.1, 0.5], dim: 1))
    f.check("count_nonzero", i.countNonzero(dims: [1]))
    f.check("nansum", gap[0].sumIgnoringNaN())
    f.check("nanmean", gap[0].meanIgnoringNaN())
    f.check("bincount", j.flattened().binCount(minimumLength: 6))
    f.check("histogram", x.histogram(bins: 5, from: -1, to: 1))
    f.check("cov", x.covariance())
    f.check("corr", x.correlation())
    checkOrder(&f, x)
    checkCumulative(&f, x)
    f.finish()
  }

  private func checkOrder(_ f: inout RecordedFamily, _ x: Tensor) {
    f.check("median", x.median())
    f.check("median_values", x.medianWithIndices(dim: 1).values)
    f.check("median_indices", x.medianWithIndices(dim: 1).indices)
    f.check("kth_values", x.kthSmallest(2, dim: 1).values)
    f.check("kth_indices", x.kthSmallest(2, dim: 1).indices)
  }

  private func checkCumulative(_ f: inout RecordedFamily, _ x: Tensor) {
    f.check("cumsum", x.cumulativeSum(dim: 1))
    f.check("cumprod", x.cumulativeProduct(dim: 0))
    f.check("cummax", x.cumulativeMax(dim: 1).values)
    f.check("cummax_indices", x.cumulativeMax(dim: 1).indices)
    f.check("cummin", x.cumulativeMin(dim: 0).values)
    f.check("cummin_indices", x.cumulativeMin(dim: 0).indices)
    f.check("logcumsumexp", x.cumulativeLogSumExp(dim: 1))
    f.check("diff", x.differences(order: 2, dim: 1))
  }

  @Test func emptyReductionsHaveTheirNeutralElement() {
    let none = Tensor.zeros([0, 3])
    expectClose(none.sum(), Tensor(0))
    expectClose(none.sum(dim: 0), Tensor.zeros([3]))
    expectClose(none.product(), Tensor(1))
    expectClose(none.logSumExp(dim: 0), Tensor.full([3], -Double.infinity))
    #expect(none.all().item() == 1 && none.any().item() == 0)
    #expect(none.mean().item().isNaN)
    #expect(throws: TorchError.self) { try withTorchErrors { none.max() } }
  }

  @Test func aScalarReducesToItself() {
    let x = Tensor(3.5)
    for value in [x.sum(), x.mean(), x.max(), x.min(), x.product(), x.norm()] {
      expectClose(value, x)
    }
  }
}
