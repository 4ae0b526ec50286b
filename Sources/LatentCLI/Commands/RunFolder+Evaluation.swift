import Evaluation
import FoundationEssentials
import Runs
import Torch

extension RunFolder {
  /// What `evaluation.json` holds; nil without the file. Throws `FileError` for a damaged one.
  func evaluation() throws -> EvaluationRecord? {
    let path = file("evaluation.json")
    guard FileManager.default.fileExists(atPath: path) else { return nil }
    do {
      let bytes = try Data(contentsOf: URL(filePath: path))
      return try JSONDecoder().decode(EvaluationRecord.self, from: bytes)
    } catch {
      throw FileError(
        path: path, problem: "is no evaluation", remedy: "run latent evaluate \(self.path) again")
    }
  }
}
