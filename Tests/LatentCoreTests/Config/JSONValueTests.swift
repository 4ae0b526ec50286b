import Testing

import LatentCore

struct JSONValueTests {
  let sample: JSONValue = [
    "z": 1, "a": ["x", 2.0, 1e-7], "o": ["n": .null, "b": false], "e": [], "s": "q\"\\\n\u{1}é",
    "l": [["k": 1], [2]],
  ]

  @Test func compactText() {
    #expect(
      sample.text(.compact)
        == #"{"z":1,"a":["x",2.0,1e-07],"o":{"n":null,"b":false},"e":[],"s":"q\"\\\n\u0001é","l":[{"k":1},[2]]}"#
    )
  }

  @Test func indentedText() {
    #expect(
      sample.text() == """
        {
          "z": 1,
          "a": ["x", 2.0, 1e-07],
          "o": {
            "n": null,
            "b": false
          },
          "e": [],
          "s": "q\\"\\\\\\n\\u0001é",
          "l": [
            {
              "k": 1
            },
            [2]
          ]
        }
        """)
  }

  @Test(arguments: [JSONValue.Layout.compact, .indented])
  func readsBack(layout: JSONValue.Layout) throws {
    #expect(try JSON5Reader.read(sample.text(layout), source: "text") == sample)
  }

  @Test func membersKeepTheirPlaceWhenReplacedAndRemoved() {
    var object: JSONObject = ["a": 1, "b": 2, "c": 3]
    object["b"] = 5
    object["a"] = nil
    object["d"] = 4
    #expect(object.members.map(\.name) == ["b", "c", "d"])
    #expect(object["b"] == 5 && object["c"] == 3 && object["a"] == nil)
  }
}
