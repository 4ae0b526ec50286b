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
    ("{a: 1e999}", "r:1:5: expected a number, found '1e999'"),
    ("{a: 1.2.3}", "r:1:5: expected a number, found '1.2.3'"),
    (
      "{a: \"b\n\"}",
      "r:1:7: expected a closing quote before the end of the line, found the end of the line"
    ),
    ("{a: 'b", "r:1:5: the text is not closed"),
    ("/* {}", "r:1:1: the comment is not closed"),
    ("{a: '\\u12'}", "r:1:8: expected 4 hexadecimal digits, found '12'"),
    ("{'a\\\nb' 1}", "r:2:4: expected ':' after the name 'ab', found '1'"),
    ("{'a\\n\\x1b' 1}", "r:1:12: expected ':' after the name 'a  ', found '1'"),
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

  /// 20,000 mutated texts are read or refused in one line, never a crash; what was read is written
  /// and read again as the same value.
  @Test func survivesMutations() {
    let texts = [
      "{a: [1, -2.5e3, 'x\\u00e9'], /* c */ \"b\": {c: true, d: .5}, // e\n}",
      "{\"config\": {\"beta\": 4.0, \"hidden\": [400, 200]}, \"s\": \"\\uD83D\\uDE00\"}",
      "[0x1F, +1, -.5, 5., 1e30, 'a\\\nb', null]",
    ].map { Array($0.utf8) }
    var generator = Xorshift()
    var read = 0
    for index in 0..<20_000 {
      var bytes = texts[index % texts.count]
      for _ in 0...generator.below(3) where !bytes.isEmpty {
        switch generator.below(3) {
        case 0: bytes[generator.below(bytes.count)] = UInt8(generator.below(256))
        case 1: bytes.remove(at: generator.below(bytes.count))
        default: bytes.insert(texts[0][generator.below(30)], at: generator.below(bytes.count))
        }
      }
      switch Self.outcome(of: String(decoding: bytes, as: UTF8.self)) {
      case .success(let value):
        read += 1
        if Self.outcome(of: value.text()) != .success(value) { Issue.record("\(value)") }
      case .failure(let error):
        if error.message.contains(where: \.isNewline) { Issue.record("\(error)") }
      }
    }
    #expect(read > 1000 && read < 19_000)
  }

  static func outcome(of text: String) -> Result<JSONValue, ConfigError> {
    Result { () throws(ConfigError) in try JSON5Reader.read(text, source: "r") }
  }

  /// Marsaglia's xorshift with 64 bits (2003), so that every run mutates the same.
  struct Xorshift {
    var state: UInt64 = 0x9E37_79B9_7F4A_7C15

    mutating func below(_ limit: Int) -> Int {
      state ^= state << 13
      state ^= state >> 7
      state ^= state << 17
      return Int(state % UInt64(limit))
    }
  }
}
