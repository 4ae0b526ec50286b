import Datasets
import FoundationEssentials
import LatentCore
import Runs
import Torch

/// One seed's measurement.
public struct SeedNumbers: Sendable, Equatable {
  /// By the names of the criteria.
  public let values: [String: Double]
  /// Of processor time.
  public let minutes: Double

  /// A measurement.
  public init(values: [String: Double], minutes: Double) {
    self.values = values
    self.minutes = minutes
  }
}

/// The seeds of a reproduction that have been measured, in a file, so that a killed one goes on where it was and a finished
/// one can be given more seeds.
///
/// What another build, another version of LibTorch or other criteria have measured is not read, since it may be another
/// experiment. A file that cannot be read counts as empty.
public struct SeedJournal: Sendable {
  /// The file.
  public let path: String
  private let identity: String

  /// The journal of a reproduction in `folder`, which is made at the first writing.
  public init(for reproduction: any Reproduction, folder: String) {
    path = "\(folder)/\(reproduction.paper).json"
    let hash = SHA256()
    for text in [PackageIdentity.build, TorchRuntime.version, reproduction.data] {
      hash.update(text)
    }
    for criterion in reproduction.criteria { hash.update("\(criterion.name) \(criterion.claimed)") }
    identity = hash.hexDigest()
  }

  /// The seeds that are there.
  public func read() -> [UInt64: SeedNumbers] {
    guard let bytes = try? InputFile(path).all(),
      let document = try? JSON5Reader.read(String(decoding: bytes, as: UTF8.self), source: path),
      document["experiment"] == .string(identity), case .array(let seeds)? = document["seeds"]
    else { return [:] }
    var found: [UInt64: SeedNumbers] = [:]
    for case .object(let seed) in seeds {
      guard case .int(let number)? = seed["seed"], case .double(let minutes)? = seed["minutes"],
        case .object(let members)? = seed["values"], number > 0
      else { continue }
      let values = members.members.compactMap { member -> (String, Double)? in
        guard case .string(let text) = member.value else { return nil }
        return Double(text).map { (member.name, $0) }
      }
      found[UInt64(number)] = SeedNumbers(
        values: Dictionary(uniqueKeysWithValues: values), minutes: minutes)
    }
    return found
  }

  /// Replaces the file.
  ///
  /// Throws `FileError`.
  public func write(_ seeds: [UInt64: SeedNumbers]) throws {
    let rows = seeds.sorted { $0.key < $1.key }.map { seed, found -> JSONValue in
      // As text, because JSON has no word for a number that is none.
      var values = JSONObject()
      for (name, value) in found.values.sorted(by: { $0.key < $1.key }) {
        values[name] = .string(value.description)
      }
      return [
        "seed": .int(Int(seed)), "minutes": .double(found.minutes), "values": .object(values),
      ]
    }
    let folder = path.lastIndex(of: "/").map { String(path[..<$0]) } ?? "."
    do {
      try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
    } catch {
      throw FileError(
        path: folder, problem: "cannot be made",
        remedy: "check that you may write there, or set LATENT_CACHE")
    }
    let document: JSONValue = ["experiment": .string(identity), "seeds": .array(rows)]
    try AtomicFile.write(document.text() + "\n", to: path)
  }

  /// Removes the file; one that is not there is no error.
  public func remove() { try? FileManager.default.removeItem(atPath: path) }
}
