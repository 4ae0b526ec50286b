import Foundation

/// A tar archive written byte by byte after POSIX.1-1988, so that it can hold what no writer writes.
struct Ustar {
  private(set) var bytes: [UInt8] = []

  /// Adds an entry of type `0` (file), `1` (hard link), `2` (symbolic link), `5` (folder), ….
  mutating func add(
    _ name: String, _ content: [UInt8] = [], type: Character = "0", link: String = ""
  ) {
    var head = [UInt8](repeating: 0, count: 512)
    func put(_ text: String, at place: Int) {
      for (index, byte) in text.utf8.enumerated() { head[place + index] = byte }
    }
    func octal(_ number: Int, _ digits: Int) -> String {
      let text = String(number, radix: 8)
      return String(repeating: "0", count: digits - text.count) + text
    }
    put(name, at: 0)
    put(octal(0o644, 7), at: 100)
    put(octal(0, 7), at: 108)
    put(octal(0, 7), at: 116)
    put(octal(content.count, 11), at: 124)
    put(octal(0, 11), at: 136)
    put("        ", at: 148)
    put(String(type), at: 156)
    put(link, at: 157)
    put("ustar\u{0}00", at: 257)
    put(octal(head.reduce(0) { $0 + Int($1) }, 6) + "\u{0}", at: 148)
    bytes += head + content + [UInt8](repeating: 0, count: (512 - content.count % 512) % 512)
  }

  /// The whole archive.
  var finished: [UInt8] { bytes + [UInt8](repeating: 0, count: 1024) }
}
