import Testing

import Datasets

struct NearestNameTests {
  @Test(arguments: [
    ("bata", "beta"), ("Beta", "beta"), ("btea", "beta"), ("learning_rate", "learningRate"),
    ("learningRat", "learningRate"), ("hid", "hidden"), ("va", "vae"),
  ])
  func nearNames(word: String, expected: String) {
    #expect(NearestName.match(word, in: ["beta", "vae", "hidden", "learningRate"]) == expected)
  }

  @Test(arguments: ["x", "gamma", "zzzz", "", "completely-other"])
  func farNames(word: String) {
    #expect(NearestName.match(word, in: ["beta", "vae", "hidden", "learningRate"]) == nil)
  }

  @Test func editDistanceIsAMetricOnWords() {
    let words = ["", "a", "ab", "ba", "abc", "kitten", "sitting"].map(Array.init)
    for a in words {
      for b in words {
        let distance = NearestName.editDistance(a, b)
        #expect(distance == NearestName.editDistance(b, a))
        #expect((distance == 0) == (a == b))
        #expect(distance >= abs(a.count - b.count) && distance <= max(a.count, b.count))
      }
    }
    #expect(NearestName.editDistance(Array("kitten"), Array("sitting")) == 3)
    #expect(NearestName.editDistance(Array("ab"), Array("ba")) == 1)
  }
}
