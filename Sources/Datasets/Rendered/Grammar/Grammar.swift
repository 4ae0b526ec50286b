/// The rules and words of the rendered sentences.
enum Grammar {
  /// Singular and plural.
  static let nouns = [
    ("dog", "dogs"), ("cat", "cats"), ("child", "children"), ("farmer", "farmers"),
    ("robot", "robots"), ("bird", "birds"),
  ]
  static let adjectives = ["small", "old", "red", "happy"]
  /// Base, third person singular and past.
  static let verbs = [
    ("see", "sees", "saw"), ("find", "finds", "found"), ("follow", "follows", "followed"),
    ("like", "likes", "liked"), ("draw", "draws", "drew"),
  ]
  static let places = [
    ["in", "the", "garden"], ["near", "a", "river"], ["on", "the", "hill"],
  ]
  /// The most words of a sentence: «the small dogs did not see the cats near a river».
  static let longest = 11

  static let factors = [
    Factor("subject", size: nouns.count), Factor("number", size: 2),
    Factor("adjective", size: adjectives.count + 1), Factor("verb", size: verbs.count),
    Factor("tense", size: 2), Factor("negation", size: 2), Factor("object", size: nouns.count),
    Factor("object number", size: 2), Factor("place", size: places.count + 1),
  ]

  /// Every word once, in order.
  static let words: [String] = {
    var all: Set<String> = ["the", "not", "do", "does", "did"]
    for noun in nouns { all.formUnion([noun.0, noun.1]) }
    for verb in verbs { all.formUnion([verb.0, verb.1, verb.2]) }
    for place in places { all.formUnion(place) }
    return all.union(adjectives).sorted()
  }()

  /// The words of the combination with these numbers.
  static func sentence(_ numbers: [Int]) -> [String] {
    let isPlural = numbers[1] == 1
    let isPast = numbers[4] == 1
    let adjective = numbers[2] == 0 ? [] : [adjectives[numbers[2] - 1]]
    let verb = verbs[numbers[3]]
    let predicate: [String]
    if numbers[5] == 1 {
      predicate = [isPast ? "did" : isPlural ? "do" : "does", "not", verb.0]
    } else {
      predicate = [isPast ? verb.2 : isPlural ? verb.0 : verb.1]
    }
    let place = numbers[8] == 0 ? [] : places[numbers[8] - 1]
    let subject = ["the"] + adjective + [word(nouns[numbers[0]], isPlural)]
    return subject + predicate + ["the", word(nouns[numbers[6]], numbers[7] == 1)] + place
  }

  private static func word(_ noun: (String, String), _ isPlural: Bool) -> String {
    isPlural ? noun.1 : noun.0
  }
}
