import Datasets
import LatentCore
import Torch

extension ModelRoom {
  /// Some examples together: `{"count", "meanCode", "decoded" …, "examples"}`; of words the commonest at each place.
  func region(_ question: RoomQuestion) throws -> JSONObject {
    let data = try examples(try question.text("split"))
    let indices = try question.indices("indices", limit: 5000)
    let form = try codes()
    let batch = try data.batch(indices)
    let found = encoded(batch.examples, form)
    let middle =
      form.isDiscrete
      ? try form.tensor([Self.commonest(found.flattened(from: 1).contiguous())])
      : found.mean(dim: 0, keepDim: true)
    var answer: JSONObject = [
      "count": .int(indices.count), "meanCode": form.lists(middle).elements?.first ?? .null,
    ]
    let view = RoomView(schema, used)
    if method is any Decodes { answer["decoded"] = try view.member(try decoded(middle)).value }
    answer["examples"] = try view.items(batch.examples[0..<min(64, batch.count)])
    answer["command"] = command("encode", path, "--split", try question.text("split") ?? "test")
    return answer
  }

  /// The commonest word at each place of codes `[n, places]`, the smallest of equally common ones.
  private static func commonest(_ codes: Tensor) -> [Double] {
    codes.transposed(0, 1).unbound().map { place in
      var counts: [Int: Int] = [:]
      for word in place.scalars(as: Int.self) { counts[word, default: 0] += 1 }
      let best = counts.max { ($0.value, -$0.key) < ($1.value, -$1.key) }
      return Double(best?.key ?? 0)
    }
  }

  /// The same examples given back: `{"originals" …, "reconstructions" …}`.
  func reconstruct(_ question: RoomQuestion) throws -> JSONObject {
    let data = try examples(try question.text("split"))
    let indices = try question.indices("indices", limit: 64)
    let method = try used.method(as: (any Reconstructs).self, to: "reconstruct")
    let originals = try data.batch(indices).examples
    let copies = used.compute { method.reconstruct(originals.to(Device.current)) }
    let view = RoomView(schema, used)
    return ["originals": try view.items(originals), "reconstructions": try view.items(copies)]
  }
}
