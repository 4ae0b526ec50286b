import LatentCore
import Testing
import Torch

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// Shortest ways in a decoder's own metric, where they are known.
@Suite struct GeodesicTests {
  /// Codes are radius and angle, examples places of the plane: the shortest way is the straight line of the plane.
  @Test func polarCodesGoStraightInThePlane() throws {
    func plane(_ codes: Tensor) -> Tensor {
      let (radius, angle) = (codes[.all, 0], codes[.all, 1])
      return stacked([radius * cos(angle), radius * sin(angle)], dim: 1)
    }
    let (start, end) = (Tensor([1.0, 0]), Tensor([1.0, 2]))
    let found = try DecoderGeodesic(plane, from: start, to: end, steps: 9)
    // ½ of the squared chord is the least energy that any way has; the circle's arc has ½ · 2².
    let least = 0.5 * pow(2 * sin(1.0), 2)
    #expect(abs(found.straightEnergy - 2) < 0.01)
    #expect(found.energy >= least - 1e-4 && found.energy < least * 1.01)
    let places = plane(found.codes)
    #expect(found.codes.shape == [9, 2])
    #expect(abs(found.codes[0] - start).max().item() < 1e-6)
    #expect(abs(found.codes[8] - end).max().item() < 1e-6)
    // Constant speed, and on the chord.
    let moves = sqrt(squared(places[1...] - places[..<8]).sum(dim: 1))
    #expect(moves.max().item() / moves.min().item() < 1.1)
    let chord = plane(stacked([start, end]))
    let across =
      (places - chord[0]) - matmul(
        matmul(places - chord[0], (chord[1] - chord[0]).unsqueezed(dim: 1)),
        (chord[1] - chord[0]).unsqueezed(dim: 0)) / squared(chord[1] - chord[0]).sum()
    #expect(abs(across).max().item() < 0.02)
  }

  @Test func aLinearDecoderHasStraightWays() throws {
    let matrix = Tensor.randn([3, 5], using: Generator(seed: 1))
    let (start, end) = (Tensor.randn([3], using: Generator(seed: 2)), Tensor.ones([3]))
    let found = try DecoderGeodesic({ matmul($0, matrix) }, from: start, to: end, steps: 5)
    let expected = 0.5 * squared(matmul((end - start).unsqueezed(dim: 0), matrix)).sum().item()
    #expect(abs(found.energy / expected - 1) < 1e-4)
    #expect(found.energy <= found.straightEnergy)
    let line = CodePath.linear(from: start, to: end, steps: 5)
    #expect(abs(found.codes - line).max().item() < 1e-3)
  }

  @Test func withoutAGradientThereIsNone() {
    let ends = (Tensor([0.0]), Tensor([1.0]))
    #expect(throws: GeodesicError.self) {
      try DecoderGeodesic({ $0.detached() }, from: ends.0, to: ends.1, steps: 3)
    }
    #expect(throws: GeodesicError.self) {
      try DecoderGeodesic({ $0 / 0.0 }, from: ends.0, to: ends.1, steps: 3)
    }
  }
}
