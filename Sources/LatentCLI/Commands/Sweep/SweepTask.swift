import LatentCore
import Runs

/// One run that a sweep's process is asked to train, as a line of JSON.
struct SweepTask: Equatable {
  /// The run's folder.
  var run: String
  /// The settings that the sweep varies.
  var settings: [SweepSetting]
  /// The run's seed.
  var seed: UInt64

  /// The task of a point.
  init(_ point: SweepPoint, in folder: SweepFolder) {
    run = folder.path(of: point)
    settings = point.settings
    seed = point.seed
  }

  /// The task that `line` holds; nil for anything else.
  init?(_ line: String) {
    guard let object = try? JSON5Reader.object(line, source: "task"),
      let run = object["run"]?.text, let seed = object["seed"]?.text.flatMap({ UInt64($0) }),
      let settings = object["settings"]?.object
    else { return nil }
    self.run = run
    self.seed = seed
    self.settings = settings.members.compactMap { member in
      member.value.text.map { SweepSetting(key: member.name, value: $0) }
    }
  }

  /// The line without its end.
  var line: String {
    var settings = JSONObject()
    for setting in self.settings { settings[setting.key] = .string(setting.value) }
    let object: JSONObject = [
      "run": .string(run), "settings": .object(settings), "seed": .string("\(seed)"),
    ]
    return JSONValue.object(object).text(.compact)
  }
}
