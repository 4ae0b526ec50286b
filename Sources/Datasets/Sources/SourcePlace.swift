import FoundationEssentials

/// Where the data of a source come from, and so what another machine needs to have them.
package enum SourcePlace: Sendable, Hashable {
  /// Part of the package or rendered by it: the name is enough.
  case package
  /// A public set: the folder that holds its files here, which `LATENT_DATA` has elsewhere.
  case known(name: String, folder: String)
  /// The user's own file or folder, and the options after it with their colon.
  case own(path: String, options: String)

  /// Finds where a source's data are; throws what `DatasetRegistry.open` throws for its name.
  package init(of source: String, dataFolder: String? = nil) throws {
    if let entry = DatasetRegistry.entry(source) {
      self = try Self.of(entry, dataFolder)
    } else if FilePath.exists(source) {
      self = .own(path: source, options: "")
    } else if let options = try SourceOptions.parsing(source) {
      if let entry = DatasetRegistry.entry(options.source) {
        self = try Self.of(entry, dataFolder)
      } else {
        let text = source.dropFirst(options.source.count)
        self = .own(path: options.source, options: String(text))
      }
    } else {
      self = .own(path: source, options: "")
    }
  }

  private static func of(_ entry: DatasetRegistry.Entry, _ dataFolder: String?) throws -> Self {
    guard let address = entry.address else { return .package }
    let folder = try DatasetRegistry.folder(of: entry, address: address, in: dataFolder)
    return .known(name: entry.name, folder: folder)
  }

  /// The files behind the data with their paths below a folder that holds all of them, in order;
  /// none for what the package brings. Throws `FileError` for a place that cannot be listed.
  package func files() throws -> [(path: String, inside: String)] {
    switch self {
    case .package: []
    case .known(let name, let folder): try Self.files(folder, name)
    case .own(let path, _): try Self.files(path, FilePath.lastComponent(path))
    }
  }

  private static func files(_ path: String, _ name: String) throws -> [(String, String)] {
    guard FilePath.isFolder(path) else { return [(path, name)] }
    return try FolderListing.names(path).flatMap { try files("\(path)/\($0)", "\(name)/\($0)") }
  }
}
