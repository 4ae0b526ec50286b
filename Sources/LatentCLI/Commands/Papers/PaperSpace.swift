import Catalogue
import Evaluation
import Torch

/// The papers as points of a latent space of their titles, mechanisms and claims.
struct PaperSpace {
  private let papers = Catalogue.papers
  private let space: TextLatents
  /// The cosines between all papers, `[n, n]`.
  private let cosines: [[Double]]

  /// Fits the space; a function of the catalogue alone.
  init() throws {
    try TorchRuntime.start(threads: nil)
    space = try TextLatents(
      papers.map { "\($0.title). \($0.title). \($0.mechanism) \($0.headline)" })
    let rows =
      space.latents / sqrt(squared(space.latents).sum(dim: 1, keepDim: true)).clamped(min: 1e-12)
    cosines = matmul(rows, rows.transposed()).unbound().map { $0.scalars(as: Double.self) }
  }

  /// How near each paper is to words or to the paper of a number, by the papers' numbers.
  ///
  /// Throws `CommandError` for words of which none is known.
  func similarities(to text: String) throws -> [String: Double] {
    if let place = place(of: text) {
      return Dictionary(uniqueKeysWithValues: zip(papers.map(\.id), cosines[place]))
    }
    let latent = space.latent(of: text)
    guard squared(latent).sum().item() > 0 else {
      throw CommandError.usage(
        "--like: none of the words '\(text.prefix(80))' is in the survey",
        remedy: "use the field's words, such as posterior collapse")
    }
    return Dictionary(uniqueKeysWithValues: zip(papers.map(\.id), space.similarities(to: latent)))
  }

  /// The six nearest papers, the nearest first.
  func neighbours(of id: String) -> [String] {
    guard let place = place(of: id) else { return [] }
    let order = papers.indices.filter { $0 != place }
      .sorted { cosines[place][$0] > cosines[place][$1] }
    return order.prefix(6).map { papers[$0].id }
  }

  private func place(of id: String) -> Int? {
    let wanted = id.uppercased()
    return papers.firstIndex { $0.id == wanted }
  }
}
