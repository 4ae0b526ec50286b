import Testing

import LatentCore

struct JSON5ReaderTests {
  @Test func readsWhatJSON5AddsToJSON() throws {
    let text = """
      // A recipe.
      {
        recipe: 'vae', /* the one of 2013 */
        "set": {beta: 4, hidden: [400, 0x10,], lr: .5, decay: 5., sign: -1e-3, plus: +2},
        'multi': "one \\
      line", quote: 'it\\'s', tab: "\\t\\x41\\u00e9\\uD83D\\uDE00",
        none: null, yes: true, far: -Infinity,
      }
      """
    let object = try JSON5Reader.object(text, source: "recipe.json5")
    #expect(
      object == [
        "recipe": "vae",
        "set": [
          "beta": 4, "hidden": [400, 16], "lr": 0.5, "decay": 5.0, "sign": -0.001, "plus": 2,
        ],
        "multi": "one line", "quote": "it's", "tab": "\tAé😀",
        "none": .null, "yes": true, "far": .double(-.infinity),
      ])
    #expect(object.members.map(\.name).prefix(3) == ["recipe", "set", "multi"])
  }

  @Test(arguments: [
    ("{a: 1\n b: 2}", "r:2:2: expected ',' or '}', found 'b'"),
    ("{a: 1", "r:1:6: expected ',' or '}', found the end of the text"),
    ("{a: 1} x", "r:1:8: expected the end of the text, found 'x'"),
    ("{a 1}", "r:1:4: expected ':' after the name 'a', found '1'"),
    ("{a: tru}", "r:1:5: expected a value, found 'tru'"),
    ("{a: }", "r:1:5: expected a value, found '}'"),
    ("{a: 1, a: 2}", "r:1:8: the name 'a' appears twice in one object"),
    ("{a: 01}", "r:1:5: expected a number, found '01'"),
    ("{a: 1.2.3}", "r:1:5: expected a number, found '1.2.3'"),
    (
      "{a: \"b\n\"}",
      "r:1:7: expected a closing quote before the end of the line, found the end of the line"
    ),
    ("{a: 'b", "r:1:5: the text is not closed"),
    ("/* {}", "r:1:1: the comment is not closed"),
    ("{a: '\\u12'}", "r:1:8: expected 4 hexadecimal digits, found '12'"),
    ("", "r:1:1: expected a value, found the end of the text"),
    ("[,]", "r:1:2: expected a value, found ','"),
    ("[1]", "r:1:1: expected an object, found another value"),
  ])
  func refusesWithPlaceExpectedAndFound(text: String, message: String) {
    let error = #expect(throws: ConfigError.self) { try JSON5Reader.object(text, source: "r") }
    #expect(error?.message == message)
    #expect(error?.remedy.isEmpty == false)
  }

  @Test func nestingIsLimited() {
    let fine = String(repeating: "[", count: 64) + String(repeating: "]", count: 64)
    #expect(throws: Never.self) { try JSON5Reader.read(fine, source: "r") }
    let deep = String(repeating: "[", count: 100_000)
    #expect(throws: ConfigError.self) { try JSON5Reader.read(deep, source: "r") }
  }

  /// Every cut and every single-byte change of a text is read or refused, never a crash.
  @Test func survivesMutations() {
    let text = Array("{a: [1, -2.5e3, 'x\\u00e9'], /* c */ \"b\": {c: true, d: .5}, // e\n}".utf8)
    var refused = 0
    for position in text.indices {
      for byte: UInt8 in [0, 0x0A, 0x22, 0x27, 0x2D, 0x2F, 0x5C, 0x5D, 0x7B, 0x75, 0xC2, 0xFF] {
        var mutated = text
        mutated[position] = byte
        for candidate in [mutated, Array(mutated[...position])] {
          let text = String(decoding: candidate, as: UTF8.self)
          do { _ = try JSON5Reader.read(text, source: "r") } catch { refused += 1 }
        }
      }
    }
    #expect(refused > text.count)
  }
}
