import Datasets
import Evaluation
import LatentCore
import Report
import Runs
import Torch

/// What `latent stitch` prints, as text, as a document and as a picture.
struct StitchView {
  let result: StitchResult
  let pair: StitchedPair

  /// A table of ways between native and chance.
  func show(on console: Console) {
    var table = Table([
      .text("way"), .number("error", unit: "sq"), .number("95 % interval"),
      .number("÷ native"), .number("accuracy"), .number("95 % interval"), .number("− native"),
    ])
    let rows = [result.encoderNative, result.native].compactMap { $0 } + result.ways
    for row in rows + [result.chance] { table.add(cells(row)) }
    console.print(table)
    console.print()
    if let reader = result.reader {
      console.print("Classes are told by \(reader) of \(pair.second.opened.folder.path).")
    }
    for (way, reason) in result.skipped { console.note("without \(way): \(reason)") }
  }

  private func cells(_ row: StitchResult.Row) -> [String] {
    let gain = gain(row)
    return [
      row.name, row.error?.value.fixed(3) ?? "–", ends(row.error),
      ratio(row)?.fixed(2) ?? "–", row.accuracy?.value.fixed(3) ?? "–", ends(row.accuracy),
      gain?.fixed(3) ?? "–",
    ]
  }

  private func ends(_ estimate: Estimate?) -> String {
    estimate?.interval.map { $0.fixed(3) }.joined(separator: " to ") ?? "–"
  }

  private func ratio(_ row: StitchResult.Row) -> Double? {
    guard let error = row.error, let native = result.native.error, native.value > 0 else {
      return nil
    }
    return error.value / native.value
  }

  private func gain(_ row: StitchResult.Row) -> Double? {
    guard let accuracy = row.accuracy, let native = row.ownAccuracy ?? result.native.accuracy
    else { return nil }
    return accuracy.value - native.value
  }

  /// The document.
  func json(anchors: Int) -> JSONObject {
    var ways = JSONObject()
    for row in result.ways { ways[row.name] = .object(json(row)) }
    var reasons = JSONObject()
    for (way, reason) in result.skipped { reasons[way] = .string(reason) }
    return [
      "encoder": .string(pair.first.opened.folder.path),
      "decoder": .string(pair.second.opened.folder.path), "anchors": .int(anchors),
      "examples": .int(pair.held.count), "reader": result.reader.map { .string($0) } ?? .null,
      "native": .object(json(result.native)),
      "encoder-native": result.encoderNative.map { .object(json($0)) } ?? .null,
      "chance": .object(json(result.chance)), "ways": .object(ways),
      "skipped": .object(reasons),
    ]
  }

  private func json(_ row: StitchResult.Row) -> JSONObject {
    var metrics: [String: Estimate] = [:]
    metrics["error"] = row.error
    metrics["accuracy"] = row.accuracy
    var object = metricsJSON(metrics)
    object["error-over-native"] = ratio(row).map { .double($0) }
    object["accuracy-minus-native"] = gain(row).map { .double($0) }
    if let errors = row.errors, let native = result.native.errors, row.name != "native" {
      let gap = PairedBootstrap(differences: zip(errors, native).map { $0 - $1 })
      object["error-gap"] = [
        "value": .double(gap.difference), "interval": .array(gap.interval.map { .double($0) }),
      ]
    }
    return object
  }

  /// Arrays by name, the stitched copies under their way.
  var arrays: [(name: String, tensor: Tensor?)] {
    [("originals", pair.held.examples), ("native", result.native.copies)]
      + result.ways.map { ($0.name, $0.copies) }
  }

  /// Originals above native and stitched copies, a row each.
  func picture(columns: Int = 10) throws -> Report.Picture {
    let rows = arrays.compactMap { row in row.tensor.map { (row.name, $0) } }
    let cells = try rows.map { _, tensor in
      let shown = pair.second.brightness(tensor[0..<min(columns, tensor.size(0))])
      return try shown.unbound().map { try Report.Picture($0) }
    }
    return try PictureGrid(rows: cells, labels: rows.map(\.0)).picture()
  }
}
