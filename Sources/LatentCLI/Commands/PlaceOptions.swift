import Parallel
import Runs
import Torch

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

let deviceWords = ["cpu", "cuda", "mps"]

/// Where to compute.
struct DeviceOptions: ArgumentGroup {
  @Option(
    "Where to compute: cpu, cuda, cuda:1 or mps.", value: "device",
    completion: .words(deviceWords))
  var device = "cpu"
  @Option(
    "Threads of one operation; LibTorch's choice if left out.", value: "n", check: .atLeast(1))
  var threads: Int?

  /// Prepares LibTorch and runs `body` on the chosen device.
  func withDevice(_ body: () throws -> Void) throws {
    try LatentCLI.withDevice(named: device, threads: threads, body)
  }
}

/// Where a run goes on: as it began, since other threads or devices round otherwise.
struct RunDeviceOptions: ArgumentGroup {
  @Option(
    "Where to compute: cpu, cuda, cuda:1 or mps; the run's own if left out.", value: "device",
    completion: .words(deviceWords))
  var device: String?
  @Option(
    "Threads of one operation; the run's own if left out.", value: "n", check: .atLeast(1))
  var threads: Int?

  /// Prepares LibTorch and runs `body` on the chosen device.
  ///
  /// A run of several processes, or one that goes on with several, has threads by the cores there are.
  func withDevice(of record: RunRecord, _ body: () throws -> Void) throws {
    let isAlone = record.processes == nil && Launch.current == nil
    // The record names the first process's device; each of several takes its own.
    let isShared = Launch.current != nil && record.device.hasPrefix("cuda")
    try LatentCLI.withDevice(
      named: device ?? (isShared ? "cuda" : record.device),
      threads: threads ?? (isAlone ? max(record.threads, 1) : nil), body)
  }
}

/// Where to compute, and where the run folder goes.
struct PlaceOptions: ArgumentGroup {
  @Option(
    "Where to compute: cpu, cuda, cuda:1 or mps.", value: "device",
    completion: .words(deviceWords))
  var device = "cpu"
  @Option(
    "Threads of one operation; LibTorch's choice, or a process's part of the cores, if left out.",
    value: "n", check: .atLeast(1))
  var threads: Int?
  @Option("Folder that run folders are made in.", value: "folder", completion: .folders)
  var out = Path("runs")
  @Option("Name of the run folder; made of date, recipe and data if left out.") var name: String?

  /// Prepares LibTorch and runs `body` on the chosen device.
  func withDevice(_ body: () throws -> Void) throws {
    try LatentCLI.withDevice(named: device, threads: threads, body)
  }
}

/// Prepares LibTorch and runs `body` on the device called `name`; of several processes each has its own `cuda`.
///
/// Throws `CommandError`, with exit code 2 for a name that is none and 3 for a device that is not there.
func withDevice(named name: String, threads: Int?, _ body: () throws -> Void) throws {
  guard var device = Device(name) else {
    throw CommandError.usage(
      "--device: expected cpu, cuda, cuda:N or mps, found '\(name)'", remedy: "use --device cpu")
  }
  try TorchRuntime.start(threads: threads ?? Launch.current?.threads)
  let count = Device.count(of: device.kind)
  if name == "cuda", count > 0, let launch = Launch.current {
    let isAssigned = getenv("CUDA_VISIBLE_DEVICES") != nil
    guard let index = launch.deviceIndex(of: count, isAssigned: isAssigned) else {
      throw CommandError.environment(
        "--device cuda: expected a CUDA device for each of \(launch.localSize) processes on this machine, "
          + "found \(count)",
        remedy: "start as many processes on a machine as it has devices")
    }
    device = .cuda(index)
  }
  guard count > device.index else {
    throw CommandError.environment(
      "--device \(name): this machine or its LibTorch has no such device",
      remedy: "use --device cpu; latent doctor shows what there is")
  }
  try withDevice(device, body)
}
