import FoundationEssentials

/// The data sets that can be named, and how a `SOURCE` on the command line is understood.
///
/// A source is a built-in name, the name of a known set whose files lie under `$LATENT_DATA`, or a
/// path, each perhaps with options: `sprites:size=32`, `table.csv:label=last`. Built-in and known
/// names come first; `./digits` is always a path.
public enum DatasetRegistry {
  /// One name and what stands behind it.
  public struct Entry: Sendable {
    /// What the user types.
    public let name: String
    /// What the set holds, in a line.
    public let summary: String
    /// Where everybody can download it; nil for sets that are part of this package.
    public let address: String?
    /// Author, year and licence.
    public let origin: String
    let open: @Sendable (inout OpenRequest) throws -> DatasetSplits
  }

  struct OpenRequest {
    var folder: String
    var plan: SplitPlan
    var options: SourceOptions
  }

  /// All names, built-in sets first.
  public static let entries: [Entry] = builtIn + known

  /// Opens a source and divides it.
  ///
  /// `dataFolder` is where known sets lie; nil for the environment's `LATENT_DATA`. Throws
  /// `DatasetError` for a name that does not exist (kind `usage`, with the nearest names) and for a
  /// known set that is not on this machine (kind `environment`, with its public address), and
  /// `FileError` for a file that is broken.
  public static func open(
    _ source: String, plan: SplitPlan = SplitPlan(), dataFolder: String? = nil
  ) throws -> DatasetSplits {
    if let entry = entry(source) {
      return try open(entry, SourceOptions(source: source), plan, dataFolder)
    }
    if FilePath.exists(source) {
      return try PathSource.open(SourceOptions(source: source), plan: plan)
    }
    guard let options = try SourceOptions.parsing(source) else { throw unknown(source) }
    if let entry = entry(options.source) { return try open(entry, options, plan, dataFolder) }
    guard FilePath.exists(options.source) else { throw unknown(options.source) }
    return try PathSource.open(options, plan: plan)
  }

  static func entry(_ name: String) -> Entry? { entries.first { $0.name == name } }

  private static func open(
    _ entry: Entry, _ options: SourceOptions, _ plan: SplitPlan, _ dataFolder: String?
  ) throws -> DatasetSplits {
    var request = OpenRequest(folder: "", plan: plan, options: options)
    if let address = entry.address {
      request.folder = try folder(of: entry, address: address, in: dataFolder)
    }
    return try entry.open(&request)
  }

  static func folder(
    of entry: Entry, address: String, in dataFolder: String?
  ) throws -> String {
    guard let root = dataFolder ?? ProcessInfo.processInfo.environment["LATENT_DATA"],
      !root.isEmpty
    else {
      throw DatasetError(
        .environment, subject: entry.name,
        problem: "expected its files under the folder that LATENT_DATA names, found no LATENT_DATA",
        remedy: "download it from \(address) into a folder FOLDER/\(entry.name) "
          + "and set LATENT_DATA=FOLDER")
    }
    let folder = "\(root)/\(entry.name)"
    guard FilePath.isFolder(folder) else {
      throw DatasetError(
        .environment, subject: entry.name, problem: "expected the folder \(folder), found none",
        remedy: "download the set from \(address) into that folder")
    }
    return folder
  }

  private static func unknown(_ source: String) -> DatasetError {
    if source.contains("/") || !FilePath.suffix(source).isEmpty {
      return DatasetError(
        .environment, subject: source, problem: "there is no such file or folder",
        remedy: "check the path; `latent list datasets` shows the names that need none")
    }
    let near = NearestName.match(source, in: entries.map(\.name))
    let hint =
      (near.map { "did you mean \($0)? " } ?? "") + "`latent list datasets` shows all names"
    return DatasetError(
      .usage, subject: source, problem: "expected a data set's name or a path, found neither",
      remedy: hint)
  }
}
