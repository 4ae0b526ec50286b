import LatentCore
import Synchronization

/// What the answers are made from: the runs, the jobs, the rooms, and who listens.
final class Studio: Sendable {
  let settings: StudioSettings
  let folder: ServedFolder
  let runs: RunCatalogue
  let jobs: JobFolder
  let rooms: RoomPool
  let watch: Watch
  let children: Children
  /// What the models of runs can do, by name and start, so that a room is opened for it once.
  let capabilities = Mutex<[[String]: JSONValue]>([:])
  let lists: ListCache

  init(_ settings: StudioSettings) throws {
    self.settings = settings
    folder = ServedFolder(path: settings.runs)
    children = Children(program: settings.program)
    lists = ListCache(children)
    jobs = JobFolder(runs: settings.runs, program: settings.program)
    runs = RunCatalogue(folder, jobs: jobs)
    rooms = RoomPool(runs: settings.runs, program: settings.program)
    watch = Watch(runs) { [rooms] in rooms.tidy() }
  }

  /// The name of a run that is there; throws `Problem` otherwise.
  func run(_ name: String) throws -> String {
    guard folder.file([name, "run.json"]) != nil else { throw Problem.notFound("run '\(name)'") }
    return name
  }

  func stop() {
    watch.stop()
    rooms.stop()
    children.stop()
  }
}
