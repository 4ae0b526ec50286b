import Evaluation
import Testing
import Torch

/// Codes and factors whose scores are known, as the unit tests of the field's study use them.
struct SyntheticCodes {
  static let sizes = [3, 4, 2, 6]

  /// Factors of these sizes drawn independently and uniformly, [n, k] int64.
  static func factors(_ sizes: [Int], count: Int, seed: UInt64 = 0) -> Tensor {
    let generator = Generator(seed: seed)
    return stacked(
      sizes.map { Tensor.randint(0..<$0, [count], using: generator) }, dim: 1)
  }

  /// Codes that are the factors.
  static func identity(_ sizes: [Int] = SyntheticCodes.sizes, count: Int = 1500) throws
    -> CodesAndFactors
  {
    let factors = factors(sizes, count: count)
    return try CodesAndFactors(codes: factors.to(.float32), factors: factors)
  }

  /// Codes that are all zero.
  static func zero(_ sizes: [Int] = SyntheticCodes.sizes, count: Int = 1500) throws
    -> CodesAndFactors
  {
    let factors = factors(sizes, count: count)
    return try CodesAndFactors(codes: Tensor.zeros([count, 10]), factors: factors)
  }

  /// Each factor in two codes.
  static func duplicated(_ sizes: [Int] = SyntheticCodes.sizes, count: Int = 1500) throws
    -> CodesAndFactors
  {
    let factors = factors(sizes, count: count)
    let codes = concatenated([factors, factors], dim: 1).to(.float32)
    return try CodesAndFactors(codes: codes, factors: factors)
  }

  /// Standardised factors times a random rotation, so that every code holds something of every one.
  static func rotated(_ sizes: [Int] = SyntheticCodes.sizes, count: Int = 1500) throws
    -> CodesAndFactors
  {
    let factors = factors(sizes, count: count)
    let numbers = factors.to(.float64)
    let scaled = (numbers - numbers.mean(dim: 0)) / numbers.standardDeviation(dims: [0])
    let mixture = Tensor.randn(
      [sizes.count, sizes.count], using: Generator(seed: 9), dtype: .float64)
    return try CodesAndFactors(
      codes: matmul(scaled, LinearAlgebra.qr(mixture).q), factors: factors)
  }
}
