public import Torch

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// Texts as points of a latent space in which texts of one meaning are near: latent semantic analysis.
///
/// A text is the row of its words' weights (1 + log f)·(1 + log((1 + n)/(1 + nᵥ))), f how often the word occurs in it, nᵥ in how many
/// of the n texts, scaled to length one; X = U S Vᵀ of all rows is cut to the largest singular values. A text's latent is its row
/// times V, and two texts are as near as the cosine of theirs. **Source**: Deerwester et al. 1990, JASIS 41; Salton and Buckley
/// 1988 for the weights. scikit-learn's `TfidfVectorizer(sublinear_tf=True)` and `TruncatedSVD`.
public struct TextLatents {
  /// The texts' latents `[n, d]`, float64.
  public let latents: Tensor
  private let words: [String: Int]
  private let rarity: [Double]
  private let directions: Tensor

  /// Fits the space to texts; at most `dimensions` and as many as there are texts.
  ///
  /// Throws `MetricError` for fewer than two texts and for texts without words.
  public init(_ texts: [String], dimensions: Int = 100) throws {
    let split = texts.map(Self.words(of:))
    let vocabulary = Set(split.joined()).sorted()
    guard texts.count >= 2, !vocabulary.isEmpty else {
      throw MetricError(
        metric: "text-latents", "expected two texts with words, found \(texts.count)",
        remedy: "give more texts")
    }
    let words = Dictionary(uniqueKeysWithValues: zip(vocabulary, vocabulary.indices))
    var counts = [Double](repeating: 0, count: vocabulary.count)
    for text in split { for word in Set(text) { counts[words[word] ?? 0] += 1 } }
    let rarity = counts.map { 1 + log((1 + Double(texts.count)) / (1 + $0)) }
    let rows = split.map { Self.row($0, words, rarity) }
    let x = Tensor(rows.flatMap { $0 }, dtype: .float64).reshaped([texts.count, vocabulary.count])
    // The smaller of the two Gram matrices gives the same space in a fraction of the time.
    let (values, vectors) = LinearAlgebra.eigh(matmul(x, x.transposed()))
    let size = texts.count
    let kept = (0..<size).reversed().prefix(dimensions).filter { values[$0].item() > 1e-10 }
    let scales = sqrt(values.selected(Tensor(Array(kept)), dim: 0))
    let u = vectors.selected(Tensor(Array(kept)), dim: 1)
    self.words = words
    self.rarity = rarity
    directions = matmul(x.transposed(), u) / scales
    latents = u * scales
  }

  /// The latent of another text, `[d]`; zeros if none of its words is known.
  public func latent(of text: String) -> Tensor {
    let row = Self.row(Self.words(of: text), words, rarity)
    return matmul(Tensor(row, dtype: .float64).unsqueezed(dim: 0), directions)[0]
  }

  /// The cosine of each text's latent with another, in the order of the texts; zeros for a latent of zeros.
  public func similarities(to latent: Tensor) -> [Double] {
    let lengths = sqrt(squared(latents).sum(dim: 1)) * sqrt(squared(latent).sum())
    return
      (matmul(latents, latent.unsqueezed(dim: 1)).squeezed(dim: 1) / lengths.clamped(min: 1e-12))
      .scalars(as: Double.self)
  }

  /// Small letters and digits between all else; one letter alone is no word, and a plural counts as its singular.
  static func words(of text: String) -> [String] {
    text.lowercased().split { !$0.isLetter && !$0.isNumber }.filter { $0.count > 1 }.map { word in
      let isPlural =
        word.count > 3 && word.hasSuffix("s") && !word.hasSuffix("ss") && !word.hasSuffix("us")
        && !word.hasSuffix("is") && !word.hasSuffix("as")
      return String(isPlural ? word.dropLast() : word)
    }
  }

  private static func row(
    _ text: [String], _ words: [String: Int], _ rarity: [Double]
  ) -> [Double] {
    var counts: [Int: Double] = [:]
    for word in text { if let place = words[word] { counts[place, default: 0] += 1 } }
    var row = [Double](repeating: 0, count: rarity.count)
    for (place, count) in counts { row[place] = (1 + log(count)) * rarity[place] }
    let length = row.reduce(0) { $0 + $1 * $1 }.squareRoot()
    return length > 0 ? row.map { $0 / length } : row
  }
}
