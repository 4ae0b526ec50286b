/// What the first file of an exported run says of all others, so that an archive proves itself whole.
public struct ArchiveManifest: Codable, Sendable, Equatable {
  /// One file of the run.
  public struct File: Codable, Sendable, Equatable {
    /// Its path in the run's folder.
    public var path: String
    /// Its length in bytes.
    public var bytes: Int
    /// The 64 hexadecimal digits of its SHA-256.
    public var sha256: String
  }

  /// The layout that this package writes and reads.
  public static let format = 1
  /// The file's name in the archive.
  static let name = "archive.json"
  /// The version of this layout.
  public var format = ArchiveManifest.format
  /// The run's name, which is the archive's one folder.
  public var run: String
  /// The version of the package that wrote the archive.
  public var version: String
  /// The data as the run's record names them.
  public var source: String
  /// `sha256:` and the digest of the data's content, which an evaluation checks.
  public var fingerprint: String
  /// Whether the data's files are in the archive.
  public var includesData: Bool
  /// The run's files in the order in which they follow.
  public var files: [File]
}
