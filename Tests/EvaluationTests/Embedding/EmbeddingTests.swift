import Distributions
import Testing
import Torch

@testable import Evaluation

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

@Suite struct PrincipalComponentsTests {
  /// An ellipse with axes 3, 2 and 1 turned by a known rotation.
  @Test func theAxesAreThoseOfTheEllipse() throws {
    let noise = Tensor.randn([2000, 3], using: Generator(seed: 1), dtype: .float64)
    let rotation = LinearAlgebra.qr(
      Tensor.randn([3, 3], using: Generator(seed: 2), dtype: .float64)
    ).q
    // Whitened, so that the sample's covariance is exact.
    let centred = noise - noise.mean(dim: 0)
    let (u, _, _) = LinearAlgebra.svd(centred)
    let codes = matmul(u * Tensor([3.0, 2, 1], dtype: .float64), rotation.transposed()) + 5
    let found = try PrincipalComponents(codes, count: 2)
    for axis in 0..<2 {
      let cosine = (found.axes[.all, axis] * rotation[.all, axis]).sum().item()
      #expect(abs(abs(cosine) - 1) < 1e-10)
      // The largest element of each direction is positive.
      let largest = abs(found.axes[.all, axis]).argMax().integerItem()
      #expect(found.axes[largest, axis].item() > 0)
    }
    #expect(abs(found.shares[0] - 9.0 / 14) < 1e-10 && abs(found.shares[1] - 4.0 / 14) < 1e-10)
    let places = found.places(of: codes)
    #expect(places.shape == [2000, 2] && abs(places.mean(dim: 0)).max().item() < 1e-10)
  }

  @Test func codesThatAreAllEqualHaveNoAxisToSpeakOf() throws {
    #expect(try PrincipalComponents(Tensor.ones([5, 4])).shares == [0, 0])
    #expect(throws: MetricError.self) { try PrincipalComponents(Tensor.ones([1, 4])) }
  }
}

@Suite struct NeighbourEmbeddingTests {
  private static func clusters(_ each: Int, dimensions: Int = 10) -> Tensor {
    let noise = Tensor.randn([3 * each, dimensions], using: Generator(seed: 3), dtype: .float64)
    let centres = 8 * Tensor.randn([3, dimensions], using: Generator(seed: 4), dtype: .float64)
    return noise
      + centres.unsqueezed(dim: 1).expanded([3, each, dimensions]).reshaped([3 * each, dimensions])
  }

  /// Σ_j p_j|i is one and its entropy the logarithm of the perplexity, so P sums to one and is symmetric.
  @Test func affinitiesHaveThePerplexity() {
    let rows = Self.clusters(40)
    let p = NeighbourEmbedding.affinities(rows, perplexity: 12)
    #expect(abs(p.sum().item() - 1) < 1e-12)
    #expect(abs(p - p.transposed()).max().item() < 1e-15)
    #expect(p.diagonal().max().item() == 0)
    // Far points alone: every conditional is uniform over its cluster at perplexity n − 1 of it.
    let far = NeighbourEmbedding.affinities(
      Tensor([[0.0], [1], [-1]], dtype: .float64), perplexity: 2)
    #expect(abs(far[0, 1].item() - far[0, 2].item()) < 1e-12)
  }

  @Test func scaleAndShiftOfCodesChangeNothing() {
    let rows = Self.clusters(20)
    let p = NeighbourEmbedding.affinities(rows, perplexity: 10)
    let moved = NeighbourEmbedding.affinities(rows * 1e4 + 7, perplexity: 10)
    #expect(abs(p - moved).max().item() < 1e-9)
  }

  @Test func theGradientIsThatOfTheDivergence() {
    let p = NeighbourEmbedding.affinities(Self.clusters(5), perplexity: 4)
    let y = Tensor.randn([15, 2], using: Generator(seed: 5), dtype: .float64)
    let slope = NeighbourEmbedding.gradient(p, y)
    let step = 1e-5
    for (row, column) in [(0, 0), (7, 1), (14, 0)] {
      let place = Tensor.arange(30, dtype: .int64).reshaped([15, 2]) .== (2 * row + column)
      let unit = place.to(.float64) * step
      let rise = NeighbourEmbedding.divergence(p, y + unit)
      let fall = NeighbourEmbedding.divergence(p, y - unit)
      #expect(abs((rise - fall) / (2 * step) - slope[row, column].item()) < 1e-8)
    }
  }

  /// Every point's nearest neighbour on the map is of its own cluster, and the map fits better than its start.
  @Test func clustersStayApart() throws {
    let rows = Self.clusters(40)
    let map = try NeighbourEmbedding(rows)
    let distances = squaredDistances(map.places, map.places)
      .replacing(with: Double.infinity, where: Tensor.eye(120, dtype: .float64) .> 0)
    let nearest = distances.argMin(dim: 1).scalars(as: Int.self)
    #expect(nearest.enumerated().allSatisfy { $0.offset / 40 == $0.element / 40 })
    #expect(map.divergence > 0 && map.divergence < 0.6)
    #expect(abs(try NeighbourEmbedding(rows).places - map.places).max().item() == 0)
  }

  @Test func badCodesAreRefused() {
    #expect(throws: MetricError.self) { try NeighbourEmbedding(Tensor.ones([4, 3])) }
    #expect(throws: MetricError.self) {
      try NeighbourEmbedding(Tensor([[Double.nan, 1], [1, 2], [2, 3], [3, 4], [4, 5]]))
    }
  }
}
