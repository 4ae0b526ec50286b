public import Torch

/// Each column less its mean and divided by its standard deviation, both of the rows it was fitted to.
///
/// A constant column is only centred, as in scikit-learn's `StandardScaler`.
public struct Standardizer {
  /// The means `[d]`.
  public let mean: Tensor
  /// The standard deviations `[d]` with divisor n, 1 where a column is constant.
  public let scale: Tensor

  /// Fitted to rows `[n, d]`.
  public init(fitting rows: Tensor) {
    mean = rows.mean(dim: 0)
    let deviation = rows.standardDeviation(dims: [0], correction: 0)
    // A column of one value keeps a deviation of rounding error, which must not be divided by.
    let smallest = (abs(mean) * 1e-12).clamped(min: 1e-300)
    scale = deviation.replacing(with: 1.0, where: deviation .<= smallest)
  }

  /// Standardised rows.
  public func callAsFunction(_ rows: Tensor) -> Tensor { (rows - mean) / scale }
}
