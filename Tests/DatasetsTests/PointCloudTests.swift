import Datasets
import Testing
import Torch
import _TestSupport

@Suite struct PointCloudTests {
  private func draw(_ cloud: PointCloud, noise: Double = 0) throws -> Batch {
    try cloud.dataset(count: 500, noise: noise, seed: 3).all()
  }

  @Test func moonsLieOnTheirHalfCircles() throws {
    let batch = try draw(.moons)
    let side = try #require(batch.labels).to(.float32)
    let middle = stacked([side, side * 0.5], dim: 1)
    let radius = squared(batch.examples - middle).sum(dim: 1)
    expectClose(radius, .ones([500]))
    // The first moon is the upper half, the second the lower.
    let height = (batch.examples[.all, 1] - side * 0.5) * (1 - 2 * side)
    #expect(height.min().item() >= -1e-6)
    let t = try #require(batch.factors)[.all, 0]
    expectClose((batch.examples[.all, 0] - side) * (1 - 2 * side), cos(t))
    #expect(side.sum().item() == 250)
  }

  @Test func ringsHaveTheirRadii() throws {
    let batch = try draw(.rings(count: 3))
    let radius = sqrt(squared(batch.examples).sum(dim: 1))
    expectClose(radius, try #require(batch.labels).to(.float32) + 1)
  }

  @Test func theRollIsTheSpiralOfItsFactors() throws {
    let batch = try draw(.swissRoll)
    let factors = try #require(batch.factors)
    let (t, h) = (factors[.all, 0], factors[.all, 1])
    let flat = batch.examples.selected(Tensor([0, 2]), dim: 1)
    expectClose(sqrt(squared(flat).sum(dim: 1)), t / 10)
    expectClose(batch.examples[.all, 1], h)
    #expect(t.min().item() >= 1.5 * Double.pi && t.max().item() <= 4.5 * Double.pi)
    #expect(batch.labels == nil)
  }

  @Test func gaussiansHaveTheirMeansAndSpread() throws {
    let batch = try PointCloud.gaussians(count: 4).dataset(count: 40_000, noise: 0, seed: 1).all()
    let labels = try #require(batch.labels)
    for (component, middle) in [[1.0, 0], [0, 1], [-1, 0], [0, -1]].enumerated() {
      let points = batch.examples.selected((labels .== component).nonzero().flattened(), dim: 0)
      // Four standard errors: 4 · 0.15/√10,000.
      expectClose(points.mean(dims: [0]), Tensor(middle), absolute: 0.006)
      let spread = squared(points - Tensor(middle)).mean(dims: [0])
      expectClose(spread, Tensor([0.0225, 0.0225]), absolute: 0.0013)
    }
  }

  @Test(arguments: [PointCloud.moons, .rings(count: 2), .swissRoll, .gaussians(count: 8)])
  func theSeedDecides(cloud: PointCloud) throws {
    let first = try cloud.dataset(count: 100, noise: 0.1, seed: 5)
    #expect(try first.fingerprint == cloud.dataset(count: 100, noise: 0.1, seed: 5).fingerprint)
    #expect(try first.fingerprint != cloud.dataset(count: 100, noise: 0.1, seed: 6).fingerprint)
  }

  @Test func tooFewPointsAreRefused() {
    #expect(throws: DatasetError.self) {
      try PointCloud.gaussians(count: 8).dataset(count: 7, noise: 0, seed: 0)
    }
    #expect(throws: DatasetError.self) {
      try PointCloud.moons.dataset(count: 10, noise: -1, seed: 0)
    }
  }
}
