import LatentCore
import Torch

/// Why a request is refused: a status code, what is wrong and what to do.
struct Problem: Error, Sendable, Equatable {
  var status: Int
  var problem: String
  var remedy: String

  init(_ status: Int, _ problem: String, remedy: String) {
    self.status = status
    self.problem = problem
    self.remedy = remedy
  }

  /// What another module threw.
  init(_ error: any Error) {
    switch error {
    case let error as Problem: self = error
    case let error as FileError: self.init(422, "\(error)", remedy: error.remedy)
    case let error as ConfigError: self.init(400, error.message, remedy: error.remedy)
    default: self.init(500, "\(error)", remedy: "see the terminal that the studio runs in")
    }
  }

  /// `{"error": {"problem", "remedy"}}`.
  var response: Response {
    .json(
      ["error": ["problem": .string(problem), "remedy": .string(remedy)]], status: status)
  }

  static func notFound(_ what: String) -> Problem {
    Problem(404, "there is no \(what)", remedy: "go back to the list of runs")
  }
}
