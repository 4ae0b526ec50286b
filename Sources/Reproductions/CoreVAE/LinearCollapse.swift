/// Global optima of linear conditional and two-level variational autoencoders, mode by mode.
///
/// All maps are linear, all noise Gaussian; at the optimum every map is diagonal in the eigenvectors of a
/// covariance, so the loss is a sum over its eigenvalues λ, each of which is minimised alone. Singular values
/// come in the order of λ. **Source**: Dang, Tran, Nguyen and Ho 2023, arXiv 2306.05023, theorems 1 to 3, derived
/// here with the constants of these declarations.
enum LinearCollapse {
  /// Of the decoder's map from z, N(0, 1) prior: √(λ − β η²)₊, λ the eigenvalues of the covariance of what
  /// is left of the output after its best linear prediction from the condition.
  ///
  /// With r = b/(a + b), a = u²/η², b = β the loss of a mode is λ r/(2η²) − (β/2) log r, least at r = min(1, βη²/λ).
  static func conditional(_ eigenvalues: [Double], beta: Double, noise: Double) -> [Double] {
    eigenvalues.map { max(0, $0 - beta * noise).squareRoot() }
  }

  /// A two-level model: x = U₁z₁ + η_d ε, z₁ = U₂z₂ + η ε, z₂ ~ N(0, I); q(z₁|x) has variance `lower`,
  /// q(z₂|z₁) variance `upper`, or a learned one if that is nil.
  struct Hierarchy {
    let noise: Double
    let middle: Double
    let lower: Double
    let upper: Double?
    var beta1 = 1.0
    var beta2 = 1.0

    /// E z₁² of a mode with eigenvalue λ.
    ///
    /// As a function of v the loss is λσ₁²/(2η_d²v) + F(v) for v ≥ σ₁², F what the second level costs: β₁v/(2η²)
    /// where that is collapsed, otherwise (β₂/2) log v with learned variance and β₁√(βv)σ₂/η with a
    /// fixed one, β = β₂/β₁; F is smooth at the threshold and the whole has one minimum.
    func spread(_ eigenvalue: Double) -> Double {
      let signal = eigenvalue * lower / noise
      let collapsed = (signal * middle / beta1).squareRoot()
      if collapsed <= threshold { return max(lower, collapsed) }
      guard let upper else { return max(lower, signal / beta2) }
      let slope = beta1 * (ratio * upper / middle).squareRoot()
      return max(lower, Self.cubeRoot(signal * signal / (slope * slope)))
    }

    /// The v below which the second level knows nothing: βη², or βη²σ₂² with a fixed variance.
    var threshold: Double { ratio * middle * (upper ?? 1) }

    /// Of U₁: w₁λ/v with w₁² = (v − σ₁²)/λ.
    func first(_ eigenvalue: Double) -> Double {
      let v = spread(eigenvalue)
      return ((v - lower) * eigenvalue).squareRoot() / v
    }

    /// Of U₂: η√a, a = v/η² − β with learned variance, √(βv)/(ησ₂) − β with a fixed one, and at least 0.
    func second(_ eigenvalue: Double) -> Double {
      let v = spread(eigenvalue)
      let a =
        upper.map { (ratio * v / (middle * $0)).squareRoot() - ratio } ?? (v / middle - ratio)
      return (middle * max(0, a)).squareRoot()
    }

    private var ratio: Double { beta2 / beta1 }

    private static func cubeRoot(_ x: Double) -> Double {
      // Newton's method from above; x is positive.
      var root = max(1, x)
      for _ in 0..<200 { root -= (root - x / (root * root)) / 3 }
      return root
    }
  }
}
