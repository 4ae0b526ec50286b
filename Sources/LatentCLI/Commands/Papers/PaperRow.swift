import Catalogue
import LatentCore
import Reproductions
import Torch

/// A paper with what was measured of it here.
struct PaperRow {
  private let paper: Paper
  private let result: JSONObject?

  init(_ paper: Paper) {
    self.paper = paper
    result = Self.result(paper.id)
  }

  /// The verdict of what was measured, `runnable` for what has a reproduction without a result, `catalogued` for the rest.
  var standing: String {
    if case .string(let verdict)? = result?["verdict"] { return verdict }
    return status
  }

  private var status: String {
    result != nil
      ? "measured" : Reproductions.of(paper.id) != nil ? "runnable" : "catalogued"
  }

  /// The members that every list of papers has.
  var json: JSONObject {
    func text(_ value: String?) -> JSONValue { value.map { .string($0) } ?? .null }
    return [
      "id": .string(paper.id), "paper": .string(paper.id), "title": .string(paper.title),
      "year": year.map { .int($0) } ?? .null, "family": .string(paper.family),
      "arxiv": text(paper.arxiv), "claim": .string(paper.headline),
      "mechanism": .string(paper.mechanism),
      "status": .string(status),
      "runnable": .bool(Reproductions.of(paper.id) != nil), "verdict": result?["verdict"] ?? .null,
      "claims": result?["claims"] ?? [], "minutes": result?["minutes"] ?? .null,
    ]
  }

  /// The year of the arXiv number; nil without one.
  private var year: Int? {
    guard let arxiv = paper.arxiv else { return nil }
    let digits = (arxiv.split(separator: "/").last ?? "").prefix(2)
    guard digits.count == 2, let short = Int(digits) else { return nil }
    return short < 91 ? 2000 + short : 1900 + short
  }

  /// The committed result of a paper, nil if it was not measured or the program stands alone.
  private static func result(_ id: String) -> JSONObject? {
    for path in PackageFiles.candidates("docs/results/\(id).json") {
      guard let file = try? InputFile(path), file.count <= 1 << 20, let bytes = try? file.all()
      else { continue }
      return try? JSON5Reader.object(String(decoding: bytes, as: UTF8.self), source: path)
    }
    return nil
  }
}
