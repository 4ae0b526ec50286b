/// Runs that differ in nothing but their seed: one thing, measured several times.
struct RunGroup {
  /// What sets the group apart from the others, such as `beta = 4`.
  var label: String
  var runs: [RunReportInput]

  /// How the group is called where the number of its seeds matters.
  var fullLabel: String { runs.count > 1 ? "\(label), \(runs.count) seeds" : label }

  /// Groups in the order of their first runs.
  static func groups(of runs: [RunReportInput]) -> [RunGroup] {
    var keys: [[Fact]] = []
    var members: [[RunReportInput]] = []
    for run in runs {
      let key = identity(run)
      if let place = keys.firstIndex(of: key) {
        members[place].append(run)
      } else {
        keys.append(key)
        members.append([run])
      }
    }
    let labels = labels(keys, members)
    return zip(labels, members).map { RunGroup(label: $0, runs: $1) }
  }

  /// Everything that was chosen but the seed, with recipe and data as options like the others.
  static func identity(_ run: RunReportInput) -> [Fact] {
    [Fact("recipe", run.recipe), Fact("data", run.data.name)]
      + run.config.filter { $0.name != "seed" }
  }

  /// The options that are not the same everywhere, in order of first appearance.
  static func differingNames(_ configs: [[Fact]]) -> [String] {
    var names: [String] = []
    for fact in configs.joined() where !names.contains(fact.name) { names.append(fact.name) }
    return names.filter { name in
      Set(configs.map { config in config.first { $0.name == name }?.value }).count > 1
    }
  }

  private static func labels(_ keys: [[Fact]], _ members: [[RunReportInput]]) -> [String] {
    let names = differingNames(keys)
    let labels = zip(keys, members).map { key, runs in
      let parts = names.prefix(3).compactMap { name -> String? in
        guard let value = key.first(where: { $0.name == name })?.value else { return nil }
        return name == "recipe" || name == "data" ? value : "\(name) = \(value)"
      }
      return parts.isEmpty ? runs[0].name : parts.joined(separator: ", ")
    }
    // Groups that differ only beyond the third option are told apart by their runs' names.
    guard Set(labels).count == labels.count else { return members.map { $0[0].name } }
    return labels
  }
}
