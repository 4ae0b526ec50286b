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
    "studio", "Train, look and compare on a local web page.",
    discussion: """
      The page lists the runs of a folder with their live curves, starts jobs and stops them, moves \
      codes by sliders, maps them, compares runs and shows the papers of the survey. All that it does it \
      does by other commands, which it names. Jobs go on when the studio ends.

      Open the printed address: it holds a token, without which nobody is answered. The studio listens \
      on 127.0.0.1 alone unless --host names another address of this machine. Data can be named by their \
      names, and by a path in the folders of --data and in $LATENT_DATA. Ctrl-C ends it.
      """,
    examples: [
      .init("latent studio", "the runs in ./runs"),
      .init("latent studio --port 0 --runs /data/runs", "on any port that is free"),
      .init("latent studio --data ~/pictures", "with own data to choose from"),
    ])

  @Option("Port; 0 for any that is free.", value: "n", check: .between(0, 65535)) var port = 8460
  @Option("Folder that run folders are in.", value: "folder", completion: .folders)
  var runs = Path("runs")
  @Option("Address to listen on, in numbers; 127.0.0.1 if left out.", value: "address")
  var host: String?
  @Option(
    "Folder whose data jobs may use by their path; may be repeated.", value: "folder",
    completion: .folders)
  var data: [Path]

  func run(_ console: Console) throws {
    let settings = StudioSettings(
      runs: runs.text, program: PackageIdentity.program, host: host,
      dataFolders: data.map(\.text),
      pages: getenv("LATENT_STUDIO_PAGES").map { String(cString: $0) })
    let server = try StudioServer(settings, port: port)
    console.note("studio at \(server.address), Ctrl-C ends it; jobs go on")
    if let host, host != "127.0.0.1", host != "::1" {
      console.note("note: everybody who can reach \(host) and knows the token can train here")
    }
    StopRequest.listen()
    // A signal interrupts the wait.
    while !StopRequest.isMade { poll(nil, 0, 500) }
    server.stop()
    console.note("stopped")
    console.report(["address": .string("\(server.origin)/"), "runs": .string(runs.text)])
  }
}
