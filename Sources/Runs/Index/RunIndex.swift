import FoundationEssentials
import Torch

/// The runs of a folder as a database, for lists that are filtered and sorted at once.
///
/// Derived from the run folders and never the source of truth: before each question, folders that
/// are new, changed or gone by what the file system says of their files are read again and nothing
/// else is. The file `.index.sqlite` may be deleted at any time; one that is damaged or of another
/// layout is made anew in silence, and where it cannot be written the index is made in memory.
/// Several processes may ask and write at once.
public enum RunIndex {
  /// The file's name in the folder of runs.
  public static let fileName = ".index.sqlite"

  /// Answers a question about the run folders in `parent`; a folder that does not exist has none.
  ///
  /// `knownKeys` are keys that may be asked for though no run has them. `rebuilds` reads every run
  /// anew. Before more than a thousand folders are read, `notice` is told how many. Throws
  /// `RunQueryError` for a question that cannot be meant, and `FileError` if there is no memory for
  /// an index.
  public static func list(
    _ query: RunQuery, in parent: String, knownKeys: [String] = [], rebuilds: Bool = false,
    notice: (Int) -> Void = { _ in }
  ) throws -> RunListing {
    func attempt(_ path: String, emptied: Bool) throws -> RunListing {
      let store = try RunStore(path, emptied: emptied)
      try store.refresh(from: parent, notice)
      return try store.answer(query, knownKeys: knownKeys)
    }
    let path = "\(parent)/\(fileName)"
    guard FileManager.default.fileExists(atPath: path) || RunScan.findsAny(in: parent) else {
      return RunListing(columns: [], rows: [], count: 0)
    }
    do {
      do {
        return try attempt(path, emptied: rebuilds)
      } catch let failure as DatabaseFailure where failure.isDamage {
        return try attempt(path, emptied: true)
      }
    } catch is DatabaseFailure {
      // A folder that may only be read, a full disk, a writer that never ends.
      do {
        return try attempt(":memory:", emptied: false)
      } catch let failure as DatabaseFailure {
        throw FileError(
          path: path, problem: "no index can be made, in memory neither: \(failure)",
          remedy: "free memory")
      }
    }
  }
}
