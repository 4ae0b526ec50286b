import Bench
import LatentCore
import Runs
import Torch

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

extension BenchRun {
  /// The document of `latent bench --json`.
  func document(_ found: [Comparison]) -> JSONObject {
    [
      "workloads": .array(found.map { .object($0.json) }),
      "version": .string(PackageIdentity.version),
      "libtorch": .string(TorchRuntime.version),
      "processor": .string(processorName()),
      "processors": .int(Int(sysconf(Int32(_SC_NPROCESSORS_ONLN)))),
      "threads": .int(threads), "rounds": .int(rounds), "seconds": .double(seconds),
      "precision": .string(precision),
    ]
  }
}

/// The mean number of processes that wanted a processor in the last minute.
func machineLoad() -> Double {
  var loads = [0.0, 0.0, 0.0]
  return getloadavg(&loads, 3) > 0 ? loads[0] : .nan
}

/// The processor as the system calls it.
private func processorName() -> String {
  guard let text = try? TextFile.read(Path("/proc/cpuinfo")) else { return "unknown" }
  let line = text.split(separator: "\n").first { $0.hasPrefix("model name") }
  let name = line?.split(separator: ":").last.map(String.init) ?? "unknown"
  return String(name.drop { $0 == " " })
}
