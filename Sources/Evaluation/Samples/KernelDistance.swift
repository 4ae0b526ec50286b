import Distributions
public import Torch

/// The kernel distance (KID): unbiased MMD² of two samples `[n, d]` and `[m, d]` with the kernel (x·y/d + 1)³.
///
/// Unlike the Fréchet distance its mean does not depend on the sample size. The value is the estimate from all rows; the interval is
/// value ± 1.96 s/√b with s the standard deviation of the estimates of b disjoint blocks of `blockSize` rows, by default a
/// twentieth of the smaller sample, from 25 to 1,000; it is empty with fewer than two blocks. It may be slightly negative. Throws `MetricError`
/// as `frechetDistance` and for blocks of fewer than two rows. Source: Bińkowski et al. 2018, arXiv 1801.01401, section 4.
public func kernelDistance(
  _ samples: Tensor, _ reference: Tensor, blockSize: Int? = nil
) throws -> Estimate {
  let (x, y) = try comparableTables(samples, reference, metric: "kernel-distance")
  let count = Swift.min(x.size(0), y.size(0))
  let size = blockSize ?? Swift.min(1000, Swift.max(25, count / 20))
  guard size >= 2 else {
    throw MetricError(
      metric: "kernel-distance", "expected blocks of at least two rows, found \(size)",
      remedy: "leave the size of blocks out")
  }
  let kernel = Kernel.polynomial(degree: 3, gamma: 1 / Double(x.size(1)), offset: 1)
  let blocks = count / size
  let estimates = (0..<blocks).map { block in
    let rows = (block * size)..<((block + 1) * size)
    return squaredMMD(x[rows], y[rows], kernel: kernel).item()
  }
  var result = Estimate(of: estimates, unit: "")
  let half = (result.interval[1] - result.interval[0]) / 2
  result.value =
    meanKernel(x, x, kernel, withoutDiagonal: true)
    + meanKernel(y, y, kernel, withoutDiagonal: true)
    - 2 * meanKernel(x, y, kernel, withoutDiagonal: false)
  result.interval = blocks > 1 ? [result.value - half, result.value + half] : []
  result.count = x.size(0)
  return result
}

/// The mean of a kernel over pairs of rows, in blocks.
private func meanKernel(
  _ x: Tensor, _ y: Tensor, _ kernel: Kernel, withoutDiagonal: Bool
) -> Double {
  let (n, m) = (x.size(0), y.size(0))
  var sum = 0.0
  forEachBlock(of: n, width: m) { rows in
    let gram = kernel(x[rows], y)
    sum += gram.sum().item()
    if withoutDiagonal { sum -= gram.diagonal(offset: rows.lowerBound).sum().item() }
  }
  return sum / (Double(n) * Double(withoutDiagonal ? m - 1 : m))
}
