import FoundationEssentials

/// The papers of the survey, compiled in.
public enum Catalogue {
  /// All papers in the order of their numbers.
  public static let papers: [Paper] = {
    do {
      let papers = try JSONDecoder().decode([Paper].self, from: Data(papersText.utf8))
      return papers.sorted { $0.id < $1.id }
    } catch {
      preconditionFailure("the compiled catalogue does not read: this is a bug, \(error)")
    }
  }()

  /// The paper of this number, in any case of letters; nil if there is none.
  public static func paper(_ id: String) -> Paper? {
    let wanted = id.uppercased()
    return papers.first { $0.id == wanted }
  }

  /// The families with the number of their papers, in the order of first appearance.
  public static var families: [(name: String, count: Int)] {
    var result: [(name: String, count: Int)] = []
    for paper in papers {
      if let index = result.firstIndex(where: { $0.name == paper.family }) {
        result[index].count += 1
      } else {
        result.append((paper.family, 1))
      }
    }
    return result
  }
}
