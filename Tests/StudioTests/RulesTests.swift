import Foundation
import LatentCore
import Testing

@testable import Studio

/// The small parts, by their own words.
@Suite struct RulesTests {
  @Test func linesForTheShellReadBackAsTheirWords() {
    #expect(ShellLine.text(["latent", "train", "--data", "a b"]) == "latent train --data 'a b'")
    #expect(ShellLine.text(["it's", "", "$x", "x=1,2"]) == "'it'\\''s' '' '$x' x=1,2")
  }

  @Test func partsOfPathsSurviveTheirEncoding() {
    for text in ["a", "a b", "é", "%", "<&>\"'", "a/b", "\u{1F600}"] {
      #expect(PercentText.decoded(PercentText.encoded(text)[...]) == text)
    }
    for broken in ["%", "%4", "%+1", "%g0", "%ff", "%c0%ae"] {
      #expect(PercentText.decoded(broken[...]) == nil)
    }
  }

  @Test func workWaitsItsTurnAndNoLonger() {
    let queue = WorkQueue("test", width: 2, depth: 3)
    var taken = 0
    for _ in 0..<20 where queue.add({ usleep(100_000) }) { taken += 1 }
    // Two at work or on their way, three waiting; a worker may have taken its piece already.
    #expect((3...5).contains(taken))
    queue.stop()
    #expect(!queue.add {})
  }

  @Test(arguments: [
    "{}", "{\"recipe\": \"--help\", \"data\": \"digits\"}",
    "{\"recipe\": \"vae\", \"data\": \"-x\"}",
    "{\"recipe\": \"../x\", \"data\": \"digits\"}",
    "{\"recipe\": \"vae\", \"data\": \"digits\", \"options\": {\"name\": \"../x\"}}",
    "{\"recipe\": \"vae\", \"data\": \"digits\", \"options\": {\"name\": \".x\"}}",
    "{\"recipe\": \"vae\", \"data\": \"digits\", \"options\": {\"epochs\": \"1 --out /\"}}",
    "{\"recipe\": \"vae\", \"data\": \"digits\", \"options\": {\"like\": \"x\"}}",
    "{\"recipe\": \"vae\", \"data\": \"digits\", \"settings\": {\"-x\": \"1\"}}",
    "{\"recipe\": \"vae\", \"data\": \"digits\\u0000\"}",
  ]) func jobsCannotSmuggleOptions(body: String) throws {
    let settings = StudioSettings(runs: "/tmp/no-runs", program: "")
    #expect(throws: Problem.self) {
      try JobRequest(
        try Call(request: Request(method: "POST", target: "/", body: Array(body.utf8)), path: [])
          .object(), settings)
    }
  }

  @Test func aJobIsTheCommandThatDoesTheSame() throws {
    let request = try JobRequest(
      [
        "recipe": "vae", "data": "digits",
        "settings": ["beta": 4.0, "hidden": [400, 200], "prior": "mixture"],
        "options": ["epochs": 5, "seed": 7, "name": "my run"],
      ], StudioSettings(runs: "/tmp/no-runs", program: ""))
    #expect(
      ShellLine.text(["latent"] + request.record.words)
        == "latent train vae --data digits --epochs 5 --seed 7 --set beta=4 --set hidden=400,200 "
        + "--set prior=mixture --out /tmp/no-runs --name 'my run'")
  }
}
