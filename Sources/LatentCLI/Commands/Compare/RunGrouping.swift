import LatentCore
import Runs

/// Runs put together that differ in their seed only, or that agree in one key.
struct RunGrouping {
  /// The groups in the order of their first runs, by name.
  let groups: [(name: String, runs: [ComparedRun])]

  /// Groups by `key` (`recipe`, `data`, `budget` or a setting), or by everything but the seed.
  ///
  /// Throws `CommandError` (exit code 2) for a key that no run has.
  init(_ runs: [ComparedRun], by key: String?) throws {
    let names = Set(runs.flatMap { $0.facts.keys }).sorted()
    if let key, !names.contains(key) {
      throw CommandError.unknown("key", key, among: names, listing: "latent list recipes RECIPE")
    }
    let shown = key.map { [$0] } ?? Self.differing(runs, names)
    var found: [(name: String, runs: [ComparedRun])] = []
    for run in runs {
      let parts = shown.map { name in
        let value = run.facts[name] ?? "–"
        return name == "recipe" || name == "data" ? value : "\(name)=\(value)"
      }
      let label = parts.isEmpty ? run.record.recipe : parts.joined(separator: " ")
      if let place = found.firstIndex(where: { $0.name == label }) {
        found[place].runs.append(run)
      } else {
        found.append((label, [run]))
      }
    }
    // Runs that agree in everything, the seed too, are the same experiment and no group of seeds.
    groups = found
  }

  private static func differing(_ runs: [ComparedRun], _ names: [String]) -> [String] {
    let differ = names.filter { name in Set(runs.map { $0.facts[name] }).count > 1 }
    return differ.contains("recipe") ? ["recipe"] + differ.filter { $0 != "recipe" } : differ
  }
}
