import Datasets
import FoundationEssentials
import LatentCore
import Report
import Runs
import Torch

extension ModelRoom {
  /// Codes as a file: `{"type", "name", "file"}`, the file in base64.
  ///
  /// `npy` holds the codes themselves, `png` what they decode to side by side, `gif` the same one after the other, there and back.
  func export(_ question: RoomQuestion) throws -> JSONObject {
    let form = try codes()
    let codes = try form.tensor(question.codes("codes", size: form.size))
    let format = try question.text("format") ?? "png"
    let (bytes, type): ([UInt8], String)
    switch format {
    case "npy":
      (bytes, type) = (
        try NumPyArray(codes.to(.cpu).contiguous()).bytes(), "application/octet-stream"
      )
    case "png":
      let grid = try PictureGrid(try pictures(codes), columns: min(codes.size(0), 9))
      (bytes, type) = (try grid.picture().pngBytes(), "image/png")
    case "gif":
      let frames = try pictures(codes).unbound().map { try Picture($0) }
      let scale = max(1, 256 / max(frames[0].width, frames[0].height))
      let film = PictureFilm(
        (frames + frames.dropFirst().dropLast().reversed()).map { $0.scaled(by: scale) })
      (bytes, type) = (try film.gifBytes(), "image/gif")
    default: throw question.refused("format", "png, gif or npy")
    }
    return [
      "type": .string(type), "name": .string("\(used.opened.folder.name)-codes.\(format)"),
      "file": .string(Data(bytes).base64EncodedString()),
      "command": command("decode", path, "--codes", "codes.npy", "--out", "decoded.png"),
    ]
  }

  private func pictures(_ codes: Tensor) throws -> Tensor {
    guard schema.kind.isImage else {
      throw CommandError.usage("the run's examples are no pictures", remedy: "export .npy")
    }
    return used.brightness(try decoded(codes))
  }

  /// What the model can do, in the words of the library: `{"capabilities": […]}`.
  func about() throws -> JSONObject {
    let method = method
    let all: [(String, Bool)] = [
      ("encode", method is any Encodes), ("decode", method is any Decodes),
      ("reconstruct", method is any Reconstructs), ("sample", method is any Samples),
      ("score", method is any Scores), ("classify", method is any Classifies),
      ("regress", method is any Regresses), ("links", method is any PredictsLinks),
      ("compress", method is any Compresses), ("condition", method is any Conditions),
      ("discrete", (try? codes().isDiscrete) ?? false),
    ]
    return ["capabilities": .array(all.filter(\.1).map { .string($0.0) })]
  }
}
