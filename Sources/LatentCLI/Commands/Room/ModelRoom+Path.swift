import LatentCore
import LatentNN
import Runs
import Torch

extension ModelRoom {
  /// Codes on the way from one to another, with what they decode to.
  ///
  /// `{"codes": […], "pictures": […]}`, and for a geodesic `{"energy": {"straight", "geodesic"}}`.
  func path(_ question: RoomQuestion) throws -> JSONObject {
    let codes = try codes()
    guard !codes.isDiscrete else {
      throw CommandError.usage(
        "recipe \(used.opened.recipe.name) has codes of words, with nothing between them",
        remedy: "use a run whose codes are continuous")
    }
    let ends = try codes.tensor([
      question.code("from", size: codes.size), question.code("to", size: codes.size),
    ]).to(Device.current)
    let count = try question.whole("count", in: 2...64) ?? 9
    let kind = try question.text("kind") ?? "linear"
    var answer = JSONObject()
    let way: Tensor
    if kind == "geodesic" {
      let decoder = try used.method(as: (any Decodes).self, to: "decode")
      let curve = try withErrors {
        try evaluating(method.model) {
          try DecoderGeodesic(decoder.decode, from: ends[0], to: ends[1], steps: count)
        }
      }
      way = curve.codes
      answer["energy"] = [
        "straight": .double(curve.straightEnergy), "geodesic": .double(curve.energy),
      ]
    } else if let path = CodePath(rawValue: kind) {
      way = path(from: ends[0], to: ends[1], steps: count)
    } else {
      throw question.refused("kind", "linear, spherical or geodesic")
    }
    answer["codes"] = codes.lists(way)
    for member in try shown(try decoded(way)).members { answer[member.name] = member.value }
    answer["command"] =
      kind == "geodesic"
      ? .null
      : command(
        "interpolate", path, "--from", "I", "--to", "J", "--path", kind, "--steps", "\(count)")
    return answer
  }

  private func withErrors<Result>(_ body: () throws -> Result) throws -> Result {
    do {
      return try body()
    } catch let error as GeodesicError {
      throw CommandError.usage(
        "recipe \(used.opened.recipe.name): \(error)", remedy: "take a straight or spherical path")
    }
  }
}
