import Datasets

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// Which data the page may name: sets with names, and paths in the folders that are meant for data.
struct DataPlace {
  private let folders: [String]

  init(_ settings: StudioSettings) {
    let known = getenv("LATENT_DATA").map { [String(cString: $0)] } ?? []
    folders = (settings.dataFolders + known).filter { !$0.isEmpty }.compactMap(Self.real)
  }

  /// Throws `Problem` for a path outside, with links and `..` followed to where they lead.
  func check(_ source: String) throws {
    guard case .own(let path, _)? = try? SourcePlace(of: source) else { return }
    guard let place = Self.real(path) else {
      // The command says it better, with the names that are near.
      if !path.contains("/") { return }
      throw Problem(422, "\(path): there is no such file", remedy: "name data of the list")
    }
    guard folders.contains(where: { place == $0 || place.hasPrefix($0 + "/") }) else {
      throw Problem(
        422, "\(path) is outside the folders of data",
        remedy: "start the studio with --data and its folder, or train it in a terminal")
    }
  }

  private static func real(_ path: String) -> String? {
    guard let found = realpath(path, nil) else { return nil }
    defer { free(found) }
    return String(cString: found)
  }
}
