public import Torch

/// Why a geodesic cannot be found.
public struct GeodesicError: Error, CustomStringConvertible, Sendable {
  /// What is missing.
  public let description: String
}

/// The way between two codes along which the decoded example changes least: a geodesic of the decoder's
/// pull-back metric M(z) = Jᵀ J, J the Jacobian of the decoder f.
///
/// Minimises the discrete curve energy E = ½ n Σᵢ ‖f(zᵢ₊₁) − f(zᵢ)‖² over the inner points of a curve of n pieces, from the
/// straight line, by Adam; the best curve seen is kept, so that it never has more energy than the straight one. A minimum
/// has constant speed in the space of examples. **Shapes**: ends of one shape s; `codes` [steps] + s. **Source**: Shao,
/// Kumar and Fletcher 2018, arXiv 1711.08014, algorithm 1; Arvanitidis, Hansen and Hauberg 2018, arXiv 1710.11379.
public struct DecoderGeodesic {
  /// The codes at `steps` places of equal parameter, both ends included.
  public let codes: Tensor
  /// E of the whole curve, in squared units of the examples.
  public let energy: Double
  /// E of the straight line.
  public let straightEnergy: Double

  /// Pieces of the curve between two codes that are told.
  static let refinement = 4

  /// Finds the way.
  ///
  /// `decode` maps codes [n] + s to examples, differentiably. Throws `GeodesicError` where no gradient comes back from it
  /// and where its examples are not finite.
  public init(
    _ decode: (Tensor) throws -> Tensor, from start: Tensor, to end: Tensor, steps: Int,
    iterations: Int = 200
  ) throws {
    let pieces = (steps - 1) * Self.refinement
    let line = CodePath.linear(from: start, to: end, steps: pieces + 1)
    let width = (end - start).norm().item() / Double(start.count).squareRoot()
    var inner = line[1..<pieces].detached()
    var (first, second) = (Tensor.zeros(like: inner), Tensor.zeros(like: inner))
    var best = (energy: Double.infinity, codes: line)
    var straight = Double.nan
    for step in 0...iterations {
      let (value, slope) = try Self.slope(at: inner, decode, line[0..<1], line[pieces...], pieces)
      let energy = value.item()
      guard energy.isFinite else {
        throw GeodesicError(description: "the decoder's examples on the way are not finite")
      }
      if step == 0 { straight = energy }
      if energy < best.energy {
        best = (energy, concatenated([line[0..<1], inner, line[pieces...]]))
      }
      first = 0.9 * first + 0.1 * slope
      second = 0.99 * second + 0.01 * squared(slope)
      let count = Double(step + 1)
      // Longer steps first; the length of the way sets their scale.
      let rate = 0.02 * width * (1 - Double(step) / Double(iterations + 1))
      let mean = first / (1 - Self.power(0.9, count))
      let scale = sqrt(second / (1 - Self.power(0.99, count))) + 1e-12
      inner = inner - rate * mean / scale
    }
    codes = best.codes[TensorIndex.range(from: 0, to: nil, step: Self.refinement)]
    (energy, straightEnergy) = (best.energy, straight)
  }

  private static func slope(
    at inner: Tensor, _ decode: (Tensor) throws -> Tensor, _ start: Tensor, _ end: Tensor,
    _ pieces: Int
  ) throws -> (value: Tensor, slope: Tensor) {
    try withGradients {
      let leaf = inner.requiringGradient()
      let examples = try decode(concatenated([start, leaf, end])).flattened(from: 1)
      let moves = examples[1...] - examples[..<pieces]
      let energy = squared(moves).sum() * (0.5 * Double(pieces))
      guard energy.requiresGradient else {
        throw GeodesicError(description: "its decoder has no gradient in the codes")
      }
      let found = gradients(of: [energy], withRespectTo: [leaf])[0]
      guard found.isDefined else {
        throw GeodesicError(description: "its decoder has no gradient in the codes")
      }
      return (energy.detached(), found.detached())
    }
  }

  private static func power(_ base: Double, _ exponent: Double) -> Double {
    (0..<Int(exponent)).reduce(1.0) { result, _ in result * base }
  }
}
