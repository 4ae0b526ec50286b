import Parallel
import Runs

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// Where a sweep computes, how much of the machine it takes, and where its folder goes.
struct SweepPlaceOptions: ArgumentGroup {
  @Option(
    "Where to compute: cpu, cuda, cuda:1 or mps.", value: "device",
    completion: .words(deviceWords))
  var device = "cpu"
  @Option(
    "Runs that are trained at a time; if left out, as many as have threads of their own.",
    value: "n", check: .between(1, 1024))
  var jobs: Int?
  @Option(
    "Threads of each run, which its bits depend on; if left out, OMP_NUM_THREADS or a run's part of the cores.",
    value: "n", check: .between(1, 1024))
  var threads: Int?
  @Option("Folder that the sweep's folder is made in.", value: "folder", completion: .folders)
  var out = Path("runs")
  @Option("Name of the sweep's folder; made of recipe, data and plan if left out.")
  var name: String?

  /// Threads of each of `count` runs: what is asked for, or the cores shared out among them.
  func threads(for count: Int) -> Int {
    let wished = getenv("OMP_NUM_THREADS").flatMap { Int(String(cString: $0)) }.flatMap {
      $0 > 0 ? $0 : nil
    }
    let cores = Launch.availableCores
    return threads ?? wished ?? max(cores / max(min(count, cores), 1), 1)
  }

  /// How many of `count` runs with so many threads each are trained at a time: as many as there are
  /// cores for, one on another device than the CPU.
  func jobs(for count: Int, threads: Int) -> Int {
    let fitting = device == "cpu" ? Launch.availableCores / threads : 1
    return max(min(jobs ?? max(fitting, 1), count), 1)
  }
}
