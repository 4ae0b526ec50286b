import Testing

@testable import LatentCLI
import LatentCore

struct CommandTreeTests {
  struct Odd: Error {}

  @Test func aResultIsTextOnStdoutAndNotesAreOnStderr() {
    let outcome = demo("train", "vae", "--data", "digits")
    #expect(outcome.code == .done)
    #expect(outcome.out == "vae on digits\n")
    #expect(outcome.error == "training vae\n")
  }

  @Test func withJSONStdoutHoldsOneDocument() {
    let outcome = demo("--json", "train", "vae", "--data", "digits")
    #expect(outcome.out == "{\n  \"recipe\": \"vae\",\n  \"seed\": 1\n}\n")
    #expect(outcome.error == "training vae\n")
  }

  @Test func anErrorHasItsCodeAndWithJSONItsDocument() {
    let words = ["train", "vae", "--data", "x", "--device", "cuda"]
    let text = demo(words)
    #expect(text.code == .environment)
    #expect(text.out == "")
    #expect(
      text.error == """
        error: --device cuda: expected an NVIDIA GPU, found none
         hint: use --device cpu

        """)
    let json = demo(words + ["--json"])
    #expect(json.code == .environment)
    #expect(json.error == text.error)
    #expect(
      json.out == """
        {
          "error": {
            "message": "--device cuda: expected an NVIDIA GPU, found none",
            "remedy": "use --device cpu",
            "code": 3
          }
        }

        """)
  }

  @Test func aFailedClaimKeepsItsResult() throws {
    let outcome = demo("train", "flow", "--data", "x", "--json")
    #expect(outcome.code == .failed)
    let document = try JSON5Reader.read(outcome.out, source: "stdout")
    #expect(document["recipe"] == "flow")
    #expect(document["error"]?["code"] == 1)
  }

  @Test func aWrongLineWithJSONIsADocumentToo() throws {
    let outcome = demo("train", "--json", "--nothing")
    #expect(outcome.code == .usage)
    let document = try JSON5Reader.read(outcome.out, source: "stdout")
    #expect(document["error"]?["code"] == 2)
    #expect(document["error"]?["message"] == "unknown option '--nothing' for 'demo train'")
  }

  @Test func theVersion() {
    #expect(demo("--version").out == "demo 1.2.3\n")
  }

  @Test func otherErrorsAreTranslated() {
    struct Broken: Command {
      static let summary = CommandSummary("broken", "Fails.")
      func run(_ console: Console) throws { throw Odd() }
    }
    var shown = ""
    let tree = CommandTree(Broken.self, version: "1")
    let console = { (isJSON: Bool) in Console(isJSON: isJSON, out: { _ in }, error: { shown += $0 })
    }
    #expect(tree.main([], console: console) == .environment)
    #expect(shown == "error: Odd()\n hint: if the cause is not clear, run: broken doctor\n")
    shown = ""
    let code = tree.main([], console: console) {
      $0 is Odd ? .failed("odd", remedy: "make it even") : nil
    }
    #expect(code == .failed)
    #expect(shown == "error: odd\n hint: make it even\n")
  }

  @Test func textsStayOneLine() {
    let error = CommandError.usage("a\nb", remedy: "c\r\nd\n")
    #expect(error.description == "error: a b\n hint: c d")
  }

  @Test func unknownNamesOfOtherThings() {
    let error = CommandError.unknown(
      "recipe", "vaee", among: ["vae", "flow"], listing: "demo list recipes")
    #expect(error.message == "unknown recipe 'vaee'")
    #expect(error.remedy == "did you mean 'vae'? All: demo list recipes")
  }
}
