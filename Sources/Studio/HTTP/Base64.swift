import FoundationEssentials

/// Bytes as letters.
enum Base64 {
  /// RFC 4648, section 4.
  static func text(_ bytes: [UInt8]) -> String { Data(bytes).base64EncodedString() }

  /// The bytes; nil for what is no such text.
  static func bytes(_ text: String) -> [UInt8]? { Data(base64Encoded: text).map { [UInt8]($0) } }
}
