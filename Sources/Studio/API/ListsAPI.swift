import LatentCore
import Synchronization

/// What there is: recipes, data sets, papers; each as the command has it.
enum ListsAPI {
  static func routes(_ studio: Studio) -> [Route] {
    [
      .get("/api/recipes", isSlow: true) { call in
        if let name = try call.value("name") {
          return .json(try studio.lists.document(["list", "recipes", try word(name)]))
        }
        return .json(try studio.lists.document(["list", "recipes"]))
      },
      .get("/api/datasets", isSlow: true) { _ in
        .json(try studio.lists.document(["list", "datasets"]))
      },
      .get("/api/papers", isSlow: true) { call in
        var words = ["list", "papers"]
        if let query = try call.value("query"), !query.isEmpty { words.append("--query=\(query)") }
        if let like = try call.value("like"), !like.isEmpty { words.append("--like=\(like)") }
        return .json(try studio.lists.document(words))
      },
    ]
  }

  /// A text that is an argument of a command, never an option.
  static func word(_ text: String) throws -> String {
    guard let first = text.unicodeScalars.first, first != "-",
      text.unicodeScalars.allSatisfy({ $0.value >= 0x20 && $0.value != 0x7F })
    else {
      throw Problem(400, "'\(text.prefix(40))' is no name", remedy: "choose one of the list")
    }
    return text
  }
}

/// Documents of commands that answer the same as long as the studio runs, the last hundred of them.
final class ListCache: Sendable {
  private let children: Children
  private let known = Mutex<[[String]: [UInt8]]>([:])

  init(_ children: Children) { self.children = children }

  /// The document of a command; throws `Problem`.
  func document(_ words: [String]) throws -> [UInt8] {
    if let found = known.withLock({ $0[words] }) { return found }
    let made = try children.document(words, seconds: 60)
    known.withLock { known in
      if known.count >= 100 { known = [:] }
      known[words] = made
    }
    return made
  }
}
