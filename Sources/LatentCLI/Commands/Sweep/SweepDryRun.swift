import LatentCore
import Runs
import Torch

/// Says what a sweep would take, choice by choice, and begins none.
///
/// Each choice is tried with the first seed, one after another; runs that are trained beside each other may slow
/// each other down, which is not in it. Throws what a dry run of `latent train` throws.
func showCost(
  of plan: SweepPlan, jobs: Int, request: (SweepPoint) throws -> TrainingRequest,
  on console: Console
) throws {
  let points = plan.points.filter { $0.seed == plan.seeds.first }
  var table = Table(
    plan.axes.map { .text($0.key) } + [
      .number("parameters"), .number("steps"), .number("a run", unit: "minutes"),
      .number("a checkpoint", unit: "MB"),
    ])
  var (minutes, bytes) = (0.0, 0)
  var choices: [JSONValue] = []
  for point in points {
    let cost: TrainingCost
    do {
      cost = try request(point).measureCost()
    } catch let divergence as Divergence {
      throw CommandError.failed(
        "\(divergence) of the dry run of \(point.label)",
        remedy: "try a smaller learning-rate, or --set clip=1")
    }
    minutes += cost.minutes * Double(plan.seeds.count)
    // The state, and the weights of the best and of the last step, at most as much again.
    bytes += cost.checkpointBytes * plan.seeds.count
    table.add(
      point.settings.map(\.value) + [
        NumberText.grouped(cost.parameters), NumberText.grouped(cost.steps),
        NumberText.significant(cost.minutes, digits: 3),
        NumberText.significant(Double(cost.checkpointBytes) / 1e6, digits: 3),
      ])
    var settings = JSONObject()
    for setting in point.settings { settings[setting.key] = .string(setting.value) }
    choices.append([
      "settings": .object(settings), "parameters": .int(cost.parameters),
      "steps": .int(cost.steps), "minutes-a-run": .double(cost.minutes),
      "checkpoint-bytes": .int(cost.checkpointBytes),
    ])
  }
  let count = plan.points.count
  console.print("dry run, nothing is written: \(plan.recipe) on \(plan.data)")
  console.print(table)
  console.print(
    "\(NumberText.grouped(count)) runs, \(jobs) at a time, threads of each: \(TorchRuntime.threads); "
      + "\(NumberText.significant(minutes / Double(jobs), digits: 3)) minutes or more, "
      + "\(NumberText.significant(Double(bytes) / 1e6, digits: 3)) MB of checkpoints")
  console.report([
    "recipe": .string(plan.recipe), "data": .string(plan.data), "runs": .int(count),
    "jobs": .int(jobs), "threads": .int(TorchRuntime.threads), "device": .string(plan.device),
    "minutes": .double(minutes / Double(jobs)), "checkpoint-bytes": .int(bytes),
    "choices": .array(choices),
  ])
}
