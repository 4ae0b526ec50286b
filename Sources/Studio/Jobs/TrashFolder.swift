import Torch

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// Runs that were thrown away: in `.trash` of the folder of runs, each under its name and the time.
struct TrashFolder: Sendable {
  let runs: String
  let jobs: JobFolder

  /// Where runs are put.
  var path: String { "\(runs)/.trash" }

  /// Moves a run there; returns its new path, or throws `FileError`.
  func put(_ name: String) throws -> String {
    mkdir(path, 0o755)
    let place = "\(path)/\(name)-\(Self.now())"
    guard rename("\(runs)/\(name)", place) == 0 else {
      throw Self.failure("\(runs)/\(name)")
    }
    jobs.move(name, into: place)
    return place
  }

  /// Moves the run of this name that was thrown away last back; returns where it was, or throws
  /// `Problem` and `FileError`.
  func restore(_ name: String) throws -> String {
    guard let last = names().last(where: { Self.name(of: $0) == name }) else {
      throw Problem.notFound("run '\(name)' in the trash")
    }
    guard access("\(runs)/\(name)", F_OK) != 0 else {
      throw Problem(
        409, "there is a run '\(name)' already", remedy: "throw that one away or rename it first")
    }
    guard rename("\(path)/\(last)", "\(runs)/\(name)") == 0 else {
      throw Self.failure("\(path)/\(last)")
    }
    jobs.move(name, into: "\(runs)/\(name)", isBack: true)
    return "\(path)/\(last)"
  }

  /// The names in the trash, the oldest of a run first.
  func names() -> [String] { ServedFolder(path: path).names().filter { Self.name(of: $0) != nil } }

  /// The run's own name of one in the trash; nil for what is not the studio's.
  static func name(of kept: String) -> String? {
    let stamp = kept.suffix(17)
    guard kept.count > 17, stamp.first == "-", stamp.last == "Z" else { return nil }
    return String(kept.dropLast(17))
  }

  /// Such as `20261120T224455Z`, in UTC.
  private static func now() -> String {
    var (seconds, parts) = (time(nil), tm())
    gmtime_r(&seconds, &parts)
    func two(_ number: Int32) -> String { number < 10 ? "0\(number)" : "\(number)" }
    return
      "\(parts.tm_year + 1900)\(two(parts.tm_mon + 1))\(two(parts.tm_mday))T\(two(parts.tm_hour))"
      + "\(two(parts.tm_min))\(two(parts.tm_sec))Z"
  }

  private static func failure(_ path: String) -> FileError {
    FileError(
      path: path, problem: "cannot be moved: \(String(cString: strerror(errno)))",
      remedy: "check that you may write to the folder of runs")
  }
}
