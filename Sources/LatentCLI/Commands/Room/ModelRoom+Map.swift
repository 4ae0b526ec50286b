import Datasets
import Evaluation
import LatentCore
import Report
import Runs
import Torch

extension ModelRoom {
  /// Codes in the plane: `{"x", "y", "index", "colour", "names", "factors", "thumbnails"}`.
  ///
  /// `method` is `pca` or `tsne` (two thousand codes at most); `colour` is `label`, `factor:NAME`, or `score`: how unlike the data
  /// an example is by the method's own measure. `names` are the words of a colour that counts; without them it is a number.
  func map(_ question: RoomQuestion) throws -> JSONObject {
    let method = try question.text("method") ?? "pca"
    guard ["pca", "tsne"].contains(method) else { throw question.refused("method", "pca or tsne") }
    let limit = method == "tsne" ? 2000 : 5000
    let count = try question.whole("count", in: 2...5000).map { min($0, limit) } ?? 1000
    let layout = try layout(try question.text("split"), count: count)
    let places = try layout.places(by: method)
    var answer: JSONObject = [
      "x": .array(numbers(places[.all, 0])), "y": .array(numbers(places[.all, 1])),
      "index": .array(layout.batch.indices.map { .int($0) }),
    ]
    let colour = try colour(try question.text("colour") ?? "label", layout, question)
    answer["colour"] = .array(colour.values)
    answer["names"] = .array(colour.names.map { .string($0) })
    answer["factors"] = .array((schema.factors ?? []).map { .string($0.name) })
    if let sheet = layout.sheet {
      answer["thumbnails"] = [
        "sheet": .string(RoomView.address(try sheet.picture.pngBytes(), type: "image/png")),
        "columns": .int(sheet.columns), "size": [.int(sheet.width), .int(sheet.height)],
      ]
    }
    answer["command"] = command("report", path)
    return answer
  }

  /// The codes of the first examples of a part, the last two such layouts being kept.
  private func layout(_ split: String?, count: Int) throws -> CodeLayout {
    let key = "\(split ?? "test") \(count)"
    if let known = layouts[key] { return known }
    let data = try examples(split)
    let form = try codes()
    let indices = Array(0..<min(count, data.count))
    let batch = try data.batch(indices)
    let made = CodeLayout(
      batch, codes: table(form, batch.examples), pictures: schema.kind.isImage)
    if layouts.count >= 2 { layouts = [:] }
    layouts[key] = made
    return made
  }

  /// Codes laid flat, `[n, d]`; of words, ones and zeros for each word at each place, or the words themselves where
  /// that would be more than 4,096 columns.
  private func table(_ form: RoomCodes, _ examples: Tensor) -> Tensor {
    let flat = encoded(examples, form).flattened(from: 1)
    guard let words = form.words, words * form.size <= 4096 else { return flat.to(.float32) }
    return flat.to(.int64).oneHot(classes: words).to(.float32).flattened(from: 1)
  }

  private func colour(
    _ name: String, _ layout: CodeLayout, _ question: RoomQuestion
  ) throws -> (values: [JSONValue], names: [String]) {
    if name == "score" { return (try scores(layout.batch), []) }
    if name == "label" {
      guard let labels = layout.batch.labels?.scalars(as: Int.self), let names = schema.classNames
      else { return ([], []) }
      return (labels.map { .int($0) }, names)
    }
    guard name.hasPrefix("factor:"), let factors = layout.batch.factors,
      let place = schema.factors?.firstIndex(where: { $0.name == name.dropFirst(7) })
    else {
      let known = (schema.factors ?? []).map { "factor:\($0.name)" }
      throw question.refused(
        "colour", "one of \((["label", "score"] + known).joined(separator: ", "))")
    }
    return (numbers(factors[.all, place]), [])
  }

  /// How strange each example is: minus its score in nats, or a classifier's novelty.
  private func scores(_ batch: Batch) throws -> [JSONValue] {
    let generator = Generator(seed: SeedPurpose.test.seed(for: used.opened.record.seed))
    if let method = method as? any Method & Scores {
      return numbers(-byParts(batch.examples) { method.score($0, using: generator) })
    }
    let classifier = try used.method(
      as: (any Classifies).self, to: "tell how strange an example is")
    return numbers(
      used.compute { classifier.novelty(batch.examples.to(Device.current), using: generator) })
  }

  private func numbers(_ tensor: Tensor) -> [JSONValue] {
    tensor.to(.cpu).to(.float64).scalars(as: Double.self).map { .double(RoomCodes.short($0)) }
  }
}
