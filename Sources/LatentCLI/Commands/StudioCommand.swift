import LatentCore
import Runs
import Studio

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// `latent studio`.
struct StudioCommand: Command {
  static let summary = CommandSummary(
    "studio", "Show the runs of a folder as a local web page.",
    discussion: """
      Listens on 127.0.0.1 alone and only shows: nothing can be started, changed or deleted from \
      the page. Ctrl-C ends it.
      """,
    examples: [
      .init("latent studio", "the runs in ./runs at http://127.0.0.1:8460/"),
      .init("latent studio --port 0 --runs /data/runs", "on any port that is free"),
    ])

  @Option("Port; 0 for any that is free.", value: "n", check: .between(0, 65535)) var port = 8460
  @Option("Folder that run folders are in.", value: "folder", completion: .folders)
  var runs = Path("runs")

  func run(_ console: Console) throws {
    let server = try StudioServer(runs: runs.text, port: port)
    let address = "http://127.0.0.1:\(server.port)/"
    console.note("studio at \(address), Ctrl-C ends it")
    StopRequest.listen()
    // A signal interrupts the wait.
    while !StopRequest.isMade { poll(nil, 0, 500) }
    server.stop()
    console.note("stopped")
    console.report(["address": .string(address), "runs": .string(runs.text)])
  }
}
