public import LatentCore
public import Torch

/// A fitted map from the codes of one encoder to those of another: ŷ = (x − x̄) W + ȳ.
///
///     let map = try LatentTranslation(.orthogonal(), from: a.encode(anchors), to: b.encode(anchors))
///     let pictures = b.decode(map(a.encode(examples)))
///
/// Fitted in float64 to codes of the same examples, the anchors. Codes of any shape are taken as vectors. **Source**:
/// Maiorca et al. 2023, arXiv 2311.00664, section 3.
public struct LatentTranslation {
  /// What maps are allowed.
  public enum Family: Sendable, Hashable {
    /// W = s R with R of orthonormal rows or columns (zeros fill up the narrower code), x̄ and ȳ the anchors' means; s is
    /// the least-squares scale, or 1. **Source**: Schönemann 1966. SciPy: `orthogonal_procrustes` of centred codes.
    case orthogonal(isScaled: Bool = true)
    /// Least squares through the origin: x̄ = ȳ = 0.
    case linear
    /// Least squares with an offset.
    case affine
    /// The same under the penalty λ v ‖W‖², v the mean variance of a source axis times the number of anchors, so that λ
    /// has no unit.
    case ridge(penalty: Double)
  }

  /// W, `[d, e]` float64.
  public let weight: Tensor
  /// x̄, `[d]` float64.
  public let sourceMean: Tensor
  /// ȳ, `[e]` float64.
  public let targetMean: Tensor
  /// The shape of a translated code.
  public let codeShape: [Int]

  /// Fits a map to codes `[k]` + source shape and `[k]` + target shape of the same k anchors.
  ///
  /// Throws `TranslationError` for different numbers of codes, fewer than the family needs (two; for least squares without
  /// a penalty one a source dimension and one more with an offset), numbers that are not finite and codes that
  /// are all equal.
  public init(_ family: Family, from source: Tensor, to target: Tensor) throws {
    let (x, y) = (Self.rows(source), Self.rows(target))
    try Self.check(family, x, y)
    let isCentred = family != .linear
    let from = isCentred ? x.mean(dim: 0) : Tensor.zeros([x.size(1)], dtype: .float64)
    let to = isCentred ? y.mean(dim: 0) : Tensor.zeros([y.size(1)], dtype: .float64)
    (sourceMean, targetMean) = (from, to)
    weight = Self.weight(family, x - from, y - to)
    codeShape = Array(target.shape.dropFirst())
  }

  /// The codes `[n]` + source shape as the other encoder would give them, `[n]` + target shape, in their own element type.
  public func callAsFunction(_ codes: Tensor) -> Tensor {
    let rows = codes.reshaped([codes.size(0), -1]).to(.float64)
    let device = rows.device
    let moved = matmul(rows - sourceMean.to(device), weight.to(device)) + targetMean.to(device)
    return moved.to(codes.dtype).reshaped([codes.size(0)] + codeShape)
  }

  private static func weight(_ family: Family, _ x: Tensor, _ y: Tensor) -> Tensor {
    switch family {
    case .orthogonal(let isScaled):
      let (u, s, vh) = LinearAlgebra.svd(matmul(x.transposed(), y))
      let scale = isScaled ? s.sum().item() / squared(x).sum().item() : 1
      return scale * matmul(u, vh)
    case .linear, .affine:
      return LinearAlgebra.leastSquares(x, y)
    case .ridge(let penalty):
      let gram = matmul(x.transposed(), x)
      let size = x.size(1)
      let strength = penalty * LinearAlgebra.trace(gram).item() / Double(size)
      return LinearAlgebra.solve(
        gram + strength * Tensor.eye(size, dtype: .float64), matmul(x.transposed(), y))
    }
  }

  private static func rows(_ codes: Tensor) -> Tensor {
    codes.detached().to(.cpu).reshaped([codes.size(0), -1]).to(.float64)
  }

  private static func check(_ family: Family, _ x: Tensor, _ y: Tensor) throws {
    let count = x.size(0)
    guard count == y.size(0) else {
      throw TranslationError(
        "expected as many codes of each encoder, found \(count) and \(y.size(0))",
        remedy: "encode the same anchors by both")
    }
    let least: Int
    switch family {
    case .linear: least = x.size(1)
    case .affine: least = x.size(1) + 1
    case .orthogonal, .ridge: least = 2
    }
    guard count >= least else {
      throw TranslationError(
        "this translation from \(x.size(1)) to \(y.size(1)) dimensions expects at least \(least) anchors, found "
          + "\(count)", remedy: "give more anchors, or fit an orthogonal or ridge translation")
    }
    for (name, codes) in [("first", x), ("second", y)] {
      guard codes.isFinite.all().item() == 1 else {
        throw TranslationError(
          "expected finite codes of the \(name) encoder, found NaN or infinity",
          remedy: "check the run: its training may have diverged")
      }
      guard squared(codes - codes.mean(dim: 0)).sum().item() > 0 else {
        throw TranslationError(
          "expected codes of the \(name) encoder that vary, found one code for all anchors",
          remedy: "an encoder that ignores its input cannot be translated")
      }
    }
  }
}

/// Codes that no translation can be fitted to: what, and what to do.
public struct TranslationError: Error, CustomStringConvertible, Sendable {
  /// What was expected and found, in one line.
  public let problem: String
  /// What the user can do, in one line.
  public let remedy: String

  init(_ problem: String, remedy: String) {
    self.problem = problem
    self.remedy = remedy
  }

  /// The problem.
  public var description: String { problem }
}
