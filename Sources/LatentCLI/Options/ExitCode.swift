/// What the process tells its caller when it ends.
enum ExitCode: Int32, Sendable {
  /// Everything asked for was done.
  case done = 0
  /// The work was done, and a claim, check or comparison did not hold.
  case failed = 1
  /// The command line or a recipe file is wrong.
  case usage = 2
  /// The machine or the data is not as needed: a file, a device, a library, the disk.
  case environment = 3
}
