import Datasets
import FoundationEssentials
import LatentCore
import Report
import Torch

/// Decoded examples as a page shows them: pictures, series, texts or plain numbers.
struct RoomView {
  private let schema: DatasetSchema
  private let used: UsedRun

  init(_ schema: DatasetSchema, _ used: UsedRun) {
    (self.schema, self.used) = (schema, used)
  }

  /// The members of an answer for examples `[n, …]`: `pictures`, `series`, `texts` or `vectors`, and their
  /// `shape`. Throws `PictureError` for pictures of another number of channels than one or three.
  func members(_ examples: Tensor) throws -> JSONObject {
    let examples = examples.to(.cpu)
    var members: JSONObject =
      switch schema.kind {
      case _ where schema.kind.isImage && examples.rank == 4:
        ["pictures": .array(try used.brightness(examples).unbound().map(Self.picture))]
      case .series: ["series": .array(examples.unbound().map { .array(channels($0)) })]
      case .tokens: ["texts": .array(examples.unbound().map { .string(text($0)) })]
      default: ["vectors": .array(examples.unbound().map { .array(Self.numbers($0)) })]
      }
    members["shape"] = .array(examples.shape.dropFirst().map { .int($0) })
    return members
  }

  /// The examples `[n, …]` alone, a list of whatever they are.
  func items(_ examples: Tensor) throws -> JSONValue {
    let members = try members(examples)
    return Self.kinds.lazy.compactMap { members[$0.many] }.first ?? []
  }

  /// The names of many examples and of one.
  private static let kinds: [(many: String, one: String)] = [
    (many: "pictures", one: "picture"), ("series", "series"), ("texts", "text"),
    ("vectors", "vector"),
  ]

  /// The only example of `[1, …]` under the names of a single one: `picture`, `series`, `text`, `vector`.
  func member(_ example: Tensor) throws -> (name: String, value: JSONValue) {
    let members = try members(example)
    for (many, one) in Self.kinds {
      if let value = members[many]?.elements?.first { return (one, value) }
    }
    return ("vector", .null)
  }

  /// A picture `[c, h, w]` as the address of its PNG file.
  static func picture(_ example: Tensor) throws -> JSONValue {
    .string(address(try Report.Picture(example).pngBytes(), type: "image/png"))
  }

  /// A file as an address.
  static func address(_ bytes: [UInt8], type: String) -> String {
    "data:\(type);base64,\(Data(bytes).base64EncodedString())"
  }

  private func channels(_ series: Tensor) -> [JSONValue] {
    series.rank == 1
      ? [.array(Self.numbers(series))] : series.unbound().map { .array(Self.numbers($0)) }
  }

  /// The words of tokens, or of the most probable ones where there is a number for each word.
  private func text(_ example: Tensor) -> String {
    let length = schema.exampleShape.last ?? example.count
    let tokens =
      example.dtype.isFloatingPoint && example.rank == 2 && example.size(0) == length
      ? example.argMax(dim: 1) : example.to(.int64)
    let words = schema.vocabulary ?? []
    let found = tokens.scalars(as: Int.self).map { words.indices.contains($0) ? words[$0] : "·" }
    return found.joined(separator: words.allSatisfy { $0.count <= 1 } ? "" : " ")
  }

  private static func numbers(_ tensor: Tensor) -> [JSONValue] {
    tensor.to(.float64).reshaped([-1]).scalars(as: Double.self).map { .double(RoomCodes.short($0)) }
  }
}
