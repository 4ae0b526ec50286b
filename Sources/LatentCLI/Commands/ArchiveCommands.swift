import Datasets
import LatentCore
import LatentModels
import Runs
import Torch

/// `latent export`.
struct ExportCommand: Command {
  static let summary = CommandSummary(
    "export", "Write a run as one .tar file that another machine evaluates.",
    discussion: """
      The archive holds the run's folder with the SHA-256 of every file: record, log, weights, \
      figures and report. latent import makes a run of it again.

      An evaluation there needs the same data, told by their fingerprint. Sets that come with the \
      package or are rendered by it need nothing but their name, known sets need their files under \
      $LATENT_DATA; --with-data puts own files, or those of a known set, into the archive.
      """,
    examples: [
      .init(
        "latent export runs/2026-11-20-vae-digits-a3f9", "writes 2026-11-20-vae-digits-a3f9.tar"),
      .init("latent export RUN --out run.tar --with-data", "with the data it was trained on"),
    ])

  @Argument("Run folder.", completion: .folders) var run: Path
  @Option("File to write; the run's name and .tar if left out.", completion: .files) var out: Path?
  @Flag("Put the files of the data in.") var withData
  @Flag("Leave out what only latent resume needs, about two thirds of the weights' size.")
  var withoutState

  func run(_ console: Console) throws {
    let folder = try RunFolder(existing: run.text)
    let target = out?.text ?? "\(folder.name).tar"
    let manifest = try folder.export(
      to: target, includesState: !withoutState, includesData: withData)
    let bytes = try InputFile(target).count
    console.print(
      "\(folder.path) in \(target): \(manifest.files.count) files, \(NumberText.bytes(bytes))")
    console.print(need(manifest))
    console.report([
      "run": .string(folder.path), "out": .string(target), "bytes": .int(bytes),
      "files": .int(manifest.files.count), "data": data(manifest),
    ])
  }
}

/// `latent import`.
struct ImportCommand: Command {
  static let summary = CommandSummary(
    "import", "Make a run folder out of a file that latent export wrote.",
    discussion: """
      Every file is checked against the archive's own list; an archive that is damaged, incomplete, \
      or leads out of the run's folder is refused and leaves nothing behind.

      Data that the run was trained on and that lie elsewhere here are named with --data; they must \
      have the fingerprint that the run's record holds.
      """,
    examples: [
      .init("latent import run.tar", "makes a folder in runs"),
      .init("latent import run.tar --data /data/birds.npy", "says where the data are here"),
    ])

  @Argument("File that latent export wrote.", completion: .files) var file: Path
  @Option("Folder that the run folder is made in.", value: "folder", completion: .folders)
  var out = Path("runs")
  @Option("Name of the run folder; the run's own if left out.") var name: String?
  @Option("Where the run's data are on this machine.", value: "source") var data: String?

  func run(_ console: Console) throws {
    if let name { try check(runName: name) }
    let (folder, manifest) = try RunFolder.importing(file.text, into: out.text, name: name)
    if let data {
      do {
        let recipe = Recipes.named(try folder.record().recipe)
        try console.showingReads {
          try folder.point(to: data) { try recipe?.form($0) ?? $0 }
        }
      } catch {
        folder.remove()
        throw error
      }
    }
    console.print("run \(folder.path)")
    if data == nil { console.print(need(manifest)) }
    console.print("evaluate it with: latent evaluate \(folder.path)")
    console.report(["run": .string(folder.path), "data": LatentCLI.data(manifest, at: data)])
  }
}

/// What another machine must have to evaluate an exported run, in a sentence.
private func need(_ manifest: ArchiveManifest) -> String {
  if manifest.includesData { return "data: \(manifest.source) is in the archive" }
  switch DataNeed(manifest.source) {
  case .nothing: return "data: \(manifest.source) comes with the package"
  case .known:
    return "data: the other machine needs \(manifest.source) under $LATENT_DATA, with the "
      + "fingerprint \(manifest.fingerprint)"
  case .own:
    return "data: the other machine needs \(manifest.source) with the fingerprint "
      + "\(manifest.fingerprint); latent import --data says where it is, latent export --with-data "
      + "puts it into the archive"
  }
}

private func data(_ manifest: ArchiveManifest, at source: String? = nil) -> JSONValue {
  [
    "source": .string(source ?? manifest.source), "fingerprint": .string(manifest.fingerprint),
    "kind": .string(DataNeed(manifest.source).rawValue), "included": .bool(manifest.includesData),
  ]
}

/// What an evaluation on another machine needs.
private enum DataNeed: String {
  /// The package alone.
  case nothing = "package"
  /// The files of a public set.
  case known
  /// The user's files.
  case own

  init(_ source: String) {
    let name = source.prefix { $0 != ":" }
    let entry = DatasetRegistry.entries.first { $0.name == name }
    self = entry.map { $0.address == nil ? .nothing : .known } ?? .own
  }
}
