package import Torch

/// What a data set's fingerprint is computed from: SHA-256 (FIPS 180-4) of its content.
///
/// Hashed are, in this order, the line `dataset 1 KIND divisor=D`, then for each part (`examples`,
/// `labels`, `factors`, then further parts by name) the line `NAME TYPE AxBxC` and the elements'
/// bytes in row-major order, little-endian, as they are stored. Names of classes and of the set do
/// not count, so the same numbers out of IDX, NPY or a compressed file have one fingerprint. A part
/// of a set hashes the line `subset 1`, the whole's fingerprint and its indices as int64; a
/// rendered set hashes its recipe (renderer, version, parameters, seed), which determines every
/// byte of it.
package struct Fingerprint {
  private let hash = SHA256()

  package init(kind: DatasetSchema.Kind, divisor: Int) {
    hash.update("dataset 1 \(kind.rawValue) divisor=\(divisor)\n")
  }

  package init(text: String) { hash.update(text) }

  /// Announces a part whose bytes follow.
  package func head(_ name: String, shape: [Int], dtype: DType) {
    let sizes = shape.map(String.init).joined(separator: "x")
    hash.update("\(name) \(dtype) \(sizes)\n")
  }

  /// Takes in bytes as they are.
  package func update(_ bytes: UnsafeRawBufferPointer) { hash.update(bytes) }

  /// Takes in a whole part; an absent one leaves no trace.
  package func part(_ name: String, _ tensor: Tensor?) {
    guard let tensor else { return }
    head(name, shape: tensor.shape, dtype: tensor.dtype)
    tensor.withUnsafeBytes { update($0) }
  }

  /// `sha256:` and the digits; nothing may be taken in afterwards.
  package func value() -> String { "sha256:\(hash.hexDigest())" }
}
