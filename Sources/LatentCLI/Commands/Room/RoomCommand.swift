import LatentCore
import Torch

/// `latent room`.
struct RoomCommand: Command {
  static let summary = CommandSummary(
    "room", "Hold a run's model and answer questions on stdin, one JSON line each.",
    discussion: """
      The studio's way to a model, good for other programs too. A question is an object with the member \
      ask: about, axes, decode, encode, path, map, region, reconstruct or export. An answer is one line, + and a JSON document, or - and \
      the document of an error. The end of stdin ends it.
      """,
    examples: [
      .init("latent room RUN", "then type {ask: \"axes\"} or {ask: \"decode\", codes: [[0, 0]]}")
    ])

  @Argument("Run folder.", completion: .folders) var run: Path
  @OptionGroup("Place") var place: DeviceOptions

  func run(_ console: Console) throws {
    try place.withDevice {
      let room = try ModelRoom(run)
      while let line = readLine() {
        let answer = Self.answer(line, room)
        Console.write(answer + "\n", to: 1)
      }
    }
  }

  private static func answer(_ line: String, _ room: ModelRoom) -> String {
    do {
      let question = try JSON5Reader.object(line, source: "question")
      let answer = try withTorchErrors { try room.answer(RoomQuestion(members: question)) }
      return "+" + JSONValue.object(answer).text(.compact)
    } catch {
      let known = error as? CommandError ?? (error as? ConfigError).map { CommandError($0) }
      let shown =
        known ?? commandError(error)
        ?? .environment("\(error)", remedy: "try another question")
      return "-" + JSONValue.object(shown.json).text(.compact)
    }
  }
}
