import Datasets
import FoundationEssentials
import LatentCore
import Torch

extension ModelRoom {
  /// The code of an example of the data or of a picture of one's own.
  ///
  /// `{"codes": [[…]], "deviations": [[…]], "picture", "reconstruction"}`; `deviations` are the posterior's, null
  /// where it has none. A picture is made grey if the data are, and averaged to their size.
  func encode(_ question: RoomQuestion) throws -> JSONObject {
    let codes = try codes()
    let example: Tensor
    var answer = JSONObject()
    if let picture = try question.text("picture") {
      example = try OwnPicture(picture).example(schema)
      answer["command"] = command(
        "encode", path, "--data", "FOLDER-OF-PICTURES", "--out", "codes.npy")
    } else {
      let data = try examples(try question.text("split"))
      guard let index = try question.whole("index", in: 0...(data.count - 1)) else {
        throw question.refused("index", "a number of an example, or a picture")
      }
      let batch = try data.batch([index])
      example = batch.examples
      if let label = batch.labels?.scalars(as: Int.self).first {
        answer["label"] = .string(
          schema.classNames.map { $0.indices.contains(label) ? $0[label] : "" } ?? "\(label)")
      }
      answer["count"] = .int(data.count)
      answer["command"] = command(
        "encode", path, "--split", try question.text("split") ?? "test", "--out", "codes.npy")
    }
    let placed = example.to(Device.current)
    let code = used.compute { codes.encoder.encode(placed) }
    answer["codes"] = codes.lists(code)
    answer["deviations"] = deviations(placed).map { codes.lists($0) } ?? .null
    let view = RoomView(schema, used)
    let own = try view.member(example)
    answer[own.name] = own.value
    if let method = method as? any Reconstructs {
      answer["reconstruction"] = try view.member(used.compute { method.reconstruct(placed) }).value
    } else if method is any Decodes {
      answer["reconstruction"] = try view.member(try decoded(code)).value
    }
    return answer
  }

  /// The standard deviations of a Gaussian posterior, `[n] + codeShape`; nil for another.
  private func deviations(_ example: Tensor) -> Tensor? {
    guard let method = method as? any Infers else { return nil }
    return used.compute {
      (method.posterior(of: example) as? GaussianPosterior)?.standardDeviation
    }
  }
}

/// A picture that somebody sent, decoded with limits.
struct OwnPicture {
  /// The longest side that is taken.
  static let longest = 4096
  private let bytes: [UInt8]

  /// Reads `data:image/png;base64,…` or the same of JPEG; throws `CommandError` for anything else.
  init(_ address: String) throws {
    let parts = address.split(separator: ",", maxSplits: 1)
    let heads = ["data:image/png;base64", "data:image/jpeg;base64"]
    guard parts.count == 2, heads.contains(String(parts[0])),
      let data = Data(base64Encoded: String(parts[1])), !data.isEmpty
    else {
      throw CommandError.usage(
        "picture: expected a PNG or JPEG file as data:image/png;base64,…",
        remedy: "convert it to PNG")
    }
    bytes = [UInt8](data)
  }

  /// The picture as an example `[1, c, h, w]` of the data, in their range.
  ///
  /// Throws `FileError` for a broken file and `CommandError` for a larger one and for data that are no pictures.
  func example(_ schema: DatasetSchema) throws -> Tensor {
    guard schema.kind.isImage, schema.exampleShape.count == 3 else {
      throw CommandError.usage(
        "the run's examples are no pictures", remedy: "give the number of an example")
    }
    let file = MemoryBytes(bytes, path: "picture")
    let head = try Datasets.Picture.head(file)
    guard head.width <= Self.longest, head.height <= Self.longest else {
      throw CommandError.usage(
        "picture: expected at most \(Self.longest) pixels a side, found \(head.width) × \(head.height)",
        remedy: "make it smaller")
    }
    let channels = schema.exampleShape[0]
    let picture = try Datasets.Picture.decode(file, grey: channels == 1)
    let raw = Tensor(picture.bytes.map { Float($0) / 255 })
    let full = raw.reshaped([1, picture.height, picture.width, picture.channels])
      .permuted([0, 3, 1, 2]).contiguous()
    let small = adaptiveAveragePool(full, size: Array(schema.exampleShape.dropFirst()))
    if schema.kind == .binaryImage { return (small .> 0.5).to(.float32) }
    guard let range = schema.range, range != 0...1 else { return small }
    return small * (range.upperBound - range.lowerBound) + range.lowerBound
  }
}
