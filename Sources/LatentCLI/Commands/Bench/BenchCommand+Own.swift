import Bench
import LatentCore
import Torch

extension BenchCommand {
  /// Counts the work of a step of each workload, and holds it against the budget if there is one.
  func count(_ workloads: [Workload], _ console: Console) throws {
    let limits = try budget.map { try BudgetCheck.read($0) }
    let check = BudgetCheck(note: { console.note($0) })
    let found = try check.count(workloads, withInstructions: instructions)
    var table = Table(
      [.text("workload")] + Work.figures.map { .number($0.name.replacing("_", with: " ")) })
    for (name, work) in found.workloads {
      table.add([name] + Work.figures.map { "\($0.value(work))" })
    }
    console.print(table)
    if let count = found.instructions {
      console.print("instructions of a step of mlp-vae-128 with one example: \(count)")
    }
    console.report(found.json)
    if let limits, let budget { try check.check(found, limits, budget) }
  }

  /// Times how a step grows along each axis.
  func grow(_ console: Console) throws {
    let run = GrowthRun(
      rounds: rounds, seconds: seconds, threads: threadCount, note: { console.note($0) })
    var curves: [GrowthCurve] = []
    for axis in GrowthAxis.all { curves.append(try run.curve(axis)) }
    var table = Table([
      .text("axis"), .text("values"), .number("time", unit: "ms"), .number("slope"),
      .number("tensors", unit: "MB"), .number("slope"),
    ])
    func range(_ values: [Double]) -> String {
      [values.first, values.last].map { NumberText.significant($0 ?? .nan, digits: 3) }
        .joined(separator: " – ")
    }
    for curve in curves {
      let points = curve.points
      table.add([
        curve.axis.name, "\(points.first?.value ?? 0) – \(points.last?.value ?? 0)",
        range(points.map(\.milliseconds)), NumberText.significant(curve.timeSlope, digits: 2),
        range(points.map { Double($0.work.peakBytes) / 1e6 }),
        NumberText.significant(curve.memorySlope, digits: 2),
      ])
    }
    console.print(table)
    console.print("slope: of the logarithms, over the upper half of the values")
    console.report(document(curves))
  }
}
