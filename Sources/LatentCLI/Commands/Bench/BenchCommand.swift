import Bench
import LatentCore
import Torch

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// `latent bench`.
///
/// It starts itself for each of our processes, with the file of a `BenchTask` named by the variable `LATENT_BENCH_TASK`; such a
/// process prints the task's answer and nothing else.
struct BenchCommand: Command {
  static let summary = CommandSummary(
    "bench", "Time this package beside PyTorch and JAX on this machine.",
    discussion: """
      Each side runs in processes of its own, in turn. First all sides compute the losses of five steps from \
      the same weights, examples and noise, which must agree to 1e-4; peers that can be set in \
      several ways (allocator, memory layout) are tried in each, and the quickest is timed. Targets are \
      the best peer's median over ours. Times hold for a machine on which nothing else runs.

      The peers need a checkout of the package, Python 3.11 or later and, once, the network: bin/setup --bench \
      installs them under .deps/bench.

      Three other questions are about this package alone and need no peers. --count tells the work of a training \
      step: operators, nodes of the gradient, blocks of memory and their bytes, which are the same \
      whatever else runs; --budget holds it against a file, and --instructions counts those too. --growth tells how \
      time and memory of a step grow with batch, width, code and draws, from the quickest tenth of steps.
      """,
    examples: [
      .init("latent bench --only mlp-vae-128", "one workload, in minutes"),
      .init("latent bench --rounds 7 --json > bench.json", "all of them, for a record"),
      .init(
        "latent bench --only conv-vae --only ddpm --precision bfloat16", "products in bfloat16"),
      .init("latent bench --growth --threads 1 --json > growth.json", "curves of growth"),
    ])

  @Option(
    "Workload to time; may be given several times, all if left out.", value: "workload",
    completion: .words(Workload.all.map(\.name)))
  var only: [String]
  @Option("Processes of each side.", value: "n", check: .between(1, 100)) var rounds = 5
  @Option("Seconds that a process is timed for.", value: "s", check: .between(0.1, 600))
  var seconds = 3.0
  @Option("Threads of one operation, on all sides.", value: "n", check: .between(1, 1024))
  var threads: Int?
  @Option(
    "In what all sides multiply, float32 or bfloat16; JAX only takes part in float32.",
    choices: ["float32", "bfloat16"])
  var precision = "float32"

  @Flag("Count the work of a training step instead.") var count
  @Flag("Count the instructions of a step as well, with valgrind: half a minute.") var instructions
  @Option(
    "File that the counted work is held against; exit code 1 if it is above.", completion: .files)
  var budget: Path?
  @Flag("Time how a training step grows instead.") var growth

  func run(_ console: Console) throws {
    if let file = getenv("LATENT_BENCH_TASK") { return try answer(String(cString: file)) }
    let workloads = try chosen()
    if count || instructions || budget != nil { return try count(workloads, console) }
    if growth { return try grow(console) }
    let peers = try BenchPeers(note: { console.note($0) })
    let run = BenchRun(
      peers: peers, rounds: rounds, seconds: seconds, threads: threadCount, precision: precision,
      note: { console.note($0) })
    console.note(
      "\(workloads.count) workloads, \(rounds) rounds of \(NumberText.short(seconds)) s, "
        + "\(threadCount) threads, load \(NumberText.significant(machineLoad(), digits: 2))")
    var found: [Comparison] = []
    for workload in workloads { found.append(try run.compare(workload)) }
    show(found, console)
    console.report(document(found))
  }

  var threadCount: Int { threads ?? Int(sysconf(Int32(_SC_NPROCESSORS_ONLN))) }

  private func chosen() throws -> [Workload] {
    let names = Workload.all.map(\.name)
    for name in only where !names.contains(name) {
      throw CommandError.unknown("workload", name, among: names, listing: "latent bench --help")
    }
    return only.isEmpty ? Workload.all : Workload.all.filter { only.contains($0.name) }
  }

  /// Does a task as a child.
  private func answer(_ path: String) throws {
    let text = try TextFile.read(Path(path))
    guard let task = BenchTask(try JSON5Reader.object(text, source: path)) else {
      throw CommandError.environment(
        "\(path): expected a task of latent bench, found something else",
        remedy: "unset LATENT_BENCH_TASK")
    }
    try TorchRuntime.start(threads: task.threads)
    Console.write(JSONValue.object(try task.answer()).text(.compact) + "\n", to: 1)
  }

  private func show(_ found: [Comparison], _ console: Console) {
    var table = Table([
      .text("workload"), .number("latent", unit: "ms"), .number("eager", unit: "ms"),
      .number("compile", unit: "ms"), .number("JAX", unit: "ms"), .number("best/latent"),
      .number("target"), .text("holds"), .number("of limit"), .number("memory"),
    ])
    for result in found {
      func digits(_ value: Double?) -> String {
        value.map { NumberText.significant($0, digits: 3) } ?? "–"
      }
      table.add([
        result.workload.name, digits(result.ours.typical),
        digits(result.times(of: "pytorch-eager")?.typical),
        digits(result.times(of: "pytorch-compile")?.typical),
        digits(result.times(of: "jax")?.typical), digits(result.ratioToBestPeer),
        digits(result.workload.target), result.holds ? "yes" : "no",
        digits(result.limit.map { $0 / result.ours.typical }), digits(result.memoryRatio),
      ])
    }
    console.print(table)
    console.print("memory: our largest resident set over that of PyTorch eager")
    for result in found {
      for case (let name, .absent(let reason)) in result.peers {
        console.print("\(result.workload.name), \(name): \(reason)")
      }
    }
  }
}
