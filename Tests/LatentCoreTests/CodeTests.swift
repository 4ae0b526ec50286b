import LatentCore
import Testing
import Torch

/// Paths between codes and moves along their axes, by their geometry.
@Suite struct CodeTests {
  static var a: Tensor { Tensor([3.0, 0, 4, 0], dtype: .float64) }
  static var b: Tensor { Tensor([0.0, -5, 0, 0], dtype: .float64) }

  @Test(arguments: CodePath.allCases) func bothEndsAreExact(path: CodePath) {
    let way = path(from: Self.a, to: Self.b, steps: 7)
    #expect(way.shape == [7, 4])
    #expect(way[0].allClose(to: Self.a, relative: 1e-12, absolute: 1e-12))
    #expect(way[6].allClose(to: Self.b, relative: 1e-12, absolute: 1e-12))
  }

  @Test func aStraightPathHasEqualSteps() {
    let way = CodePath.linear(from: Self.a, to: Self.b, steps: 5)
    let steps = way[1..<5] - way[0..<4]
    #expect(
      steps.allClose(to: (Self.b - Self.a).expanded([4, 4]) / 4, relative: 1e-12, absolute: 0))
  }

  /// Between codes of one length: the length stays, and equal angles lie between neighbours.
  @Test func aSphericalPathStaysOnTheSphereAtConstantSpeed() {
    let way = CodePath.spherical(from: Self.a, to: Self.b, steps: 9)
    for index in 0..<9 { #expect(abs(way[index].norm().item() - 5) < 1e-12) }
    let cosines = (0..<8).map { ((way[$0] * way[$0 + 1]).sum() / 25).item() }
    let right = 0.980785280403230449126  // cos(π/16): a quarter turn in eight steps
    for cosine in cosines { #expect(abs(cosine - right) < 1e-12) }
  }

  @Test func codesInOneDirectionAreJoinedStraight() {
    for end in [Self.a * 2, Self.a * -1, Tensor.zeros([4], dtype: .float64), Self.a] {
      let round = CodePath.spherical(from: Self.a, to: end, steps: 5)
      #expect(round.isEqual(to: CodePath.linear(from: Self.a, to: end, steps: 5)))
    }
  }

  @Test func aMatrixOfCodesIsOneCode() {
    let start = Tensor.randn([2, 3], using: Generator(seed: 1))
    let way = CodePath.spherical(from: start, to: start * -0.5 + 1, steps: 4)
    #expect(way.shape == [4, 2, 3] && way.dtype == .float32)
  }

  @Test func aTraversalChangesOneAxisARow() {
    let starts = Tensor.randn([2, 4], using: Generator(seed: 2))
    let places = Tensor([[-1.0, 0, 1], [5, 6, 7]])
    let moved = codeTraversal(from: starts, axes: [3, 1], places: places)
    #expect(moved.shape == [2, 2, 3, 4])
    for start in 0..<2 {
      for (row, axis) in [3, 1].enumerated() {
        for step in 0..<3 {
          for place in 0..<4 {
            let expected = place == axis ? places[row, step] : starts[start, place]
            #expect(moved[start, row, step, place].item() == expected.item())
          }
        }
      }
    }
  }

  /// Codes without posteriors are ordered by their variance.
  final class Scaling: Encodes {
    let codeShape = [3]
    func encode(_ examples: Tensor) -> Tensor { examples * Tensor([1.0, 3, 2]) }
  }

  @Test func axesAreOrderedByTheirVarianceWithoutPosteriors() {
    let examples = Tensor([[1.0, 1, 1], [-1, -1, -1]])
    let method = Scaling()
    let activity = CodeActivity(of: method, on: examples, codes: method.encode(examples))
    #expect(activity.measure == .variance && activity.unit == "")
    #expect(activity.values == [1, 9, 4] && activity.order == [1, 2, 0])
  }
}
