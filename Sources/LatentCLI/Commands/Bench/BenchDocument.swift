import Bench
import LatentCore
import Runs
import Torch

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

extension BenchCommand {
  /// The document of `latent bench --json`.
  func document(_ found: [Comparison]) -> JSONObject {
    var document: JSONObject = ["workloads": .array(found.map { .object($0.json) })]
    for member in conditions.members { document[member.name] = member.value }
    document["precision"] = .string(precision)
    return document
  }

  /// The document of `latent bench --growth --json`.
  func document(_ curves: [GrowthCurve]) -> JSONObject {
    var document: JSONObject = ["curves": .array(curves.map { .object($0.json) })]
    for member in conditions.members { document[member.name] = member.value }
    document["load"] = .double(machineLoad())
    return document
  }

  /// With what and on what was measured.
  private var conditions: JSONObject {
    [
      "version": .string(PackageIdentity.version),
      "libtorch": .string(TorchRuntime.version),
      "processor": .string(processorName()),
      "processors": .int(Int(sysconf(Int32(_SC_NPROCESSORS_ONLN)))),
      "threads": .int(threadCount), "rounds": .int(rounds), "seconds": .double(seconds),
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
