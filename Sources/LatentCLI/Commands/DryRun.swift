import Datasets
import LatentCore
import Runs
import Torch

/// Says what a run would take, and begins none.
func showCost(of request: TrainingRequest, on console: Console) throws {
  let cost: TrainingCost
  do {
    cost = try request.measureCost()
  } catch let divergence as Divergence {
    throw CommandError.failed(
      "\(divergence) of the dry run", remedy: "try a smaller learning-rate, or --set clip=1")
  }
  let training = request.splits.train.count
  console.print("dry run, nothing is written: \(request.recipe.name) on \(request.source)")
  console.print(
    "\(NumberText.grouped(cost.parameters)) parameters, \(NumberText.grouped(training)) training "
      + "examples, \(Device.current)")
  console.print(
    "\(NumberText.grouped(cost.steps)) steps of \(milliseconds(cost.secondsPerStep)), "
      + "\(NumberText.significant(100 * cost.waitingShare, digits: 2)) % of it waiting for examples, and "
      + "\(NumberText.grouped(cost.validations)) validations of "
      + milliseconds(cost.secondsPerValidation))
  console.print(
    "\(NumberText.significant(cost.minutes, digits: 3)) minutes, \(megabytes(cost.checkpointBytes)) "
      + "a checkpoint")
  console.print("\(cost.peakMemory.map(megabytes) ?? "unknown") of memory at most")
  if Device.current != .cpu {
    console.print("\(megabytes(cost.peakDeviceMemory)) on \(Device.current) at most")
  }
  console.report([
    "recipe": .string(request.recipe.name), "data": .string(request.source),
    "device": .string(Device.current.description), "parameters": .int(cost.parameters),
    "steps": .int(cost.steps), "seconds-per-step": .double(cost.secondsPerStep),
    "waiting-share": .double(cost.waitingShare),
    "validations": .int(cost.validations),
    "seconds-per-validation": .double(cost.secondsPerValidation),
    "minutes": .double(cost.minutes), "checkpoint-bytes": .int(cost.checkpointBytes),
    "peak-memory-bytes": cost.peakMemory.map { .int($0) } ?? .null,
    "peak-device-memory-bytes": .int(cost.peakDeviceMemory),
  ])
}

private func milliseconds(_ seconds: Double) -> String {
  "\(NumberText.significant(seconds * 1000, digits: 3)) ms"
}

private func megabytes(_ bytes: Int) -> String {
  "\(NumberText.significant(Double(bytes) / 1e6, digits: 3)) MB"
}
