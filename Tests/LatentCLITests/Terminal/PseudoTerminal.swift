import Glibc

/// A pseudo-terminal: what is written to the device at ``path`` can be read here.
struct PseudoTerminal: ~Copyable {
  let master: Int32
  /// The terminal's device, to be opened by the process under test.
  let path: String

  init(columns: UInt16) throws {
    // The functions of <stdlib.h> for this are not visible from Swift; these are what they call.
    let unlock: UInt = 0x4004_5431  // TIOCSPTLCK
    let getNumber: UInt = 0x8004_5430  // TIOCGPTN
    var isLocked: Int32 = 0
    var number: Int32 = -1
    master = open("/dev/ptmx", O_RDWR | O_NOCTTY)
    guard master >= 0, ioctl(master, unlock, &isLocked) == 0, ioctl(master, getNumber, &number) == 0
    else { throw Unavailable(code: errno) }
    path = "/dev/pts/\(number)"
    resize(columns: columns)
  }

  deinit { close(master) }

  struct Unavailable: Error { let code: Int32 }

  func resize(columns: UInt16) {
    var size = winsize(ws_row: 24, ws_col: columns, ws_xpixel: 0, ws_ypixel: 0)
    _ = ioctl(master, UInt(TIOCSWINSZ), &size)
  }

  /// All that was written, once every other process has closed the terminal.
  func text() -> String {
    var bytes: [UInt8] = []
    var chunk = [UInt8](repeating: 0, count: 4096)
    while true {
      let count = read(master, &chunk, chunk.count)
      if count <= 0 { break }
      bytes += chunk[..<count]
    }
    return String(decoding: bytes, as: UTF8.self)
  }
}

/// Opens the terminal at `path` as a process of the command would find it as stderr.
func openTerminal(_ path: String, noColor: Bool = false) -> Int32 {
  setenv("TERM", "xterm-256color", 1)
  if noColor { setenv("NO_COLOR", "1", 1) } else { unsetenv("NO_COLOR") }
  let descriptor = open(path, O_RDWR | O_NOCTTY)
  precondition(descriptor >= 0, "cannot open \(path)")
  return descriptor
}
