/// Numbers that are determined by a counter, without a state (the mixing of SplitMix64:
/// G. Steele, D. Lea, C. Flood 2014, doi:10.1145/2660193.2660195).
enum CounterHash {
  static let step: UInt64 = 0x9E37_79B9_7F4A_7C15

  static func mixed(_ counter: UInt64) -> UInt64 {
    var z = counter &+ step
    z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
    z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
    return z ^ (z >> 31)
  }
}

/// A small repeatable generator, for draws that a seed alone determines and that touch no tensor.
package struct SplitMix64: RandomNumberGenerator {
  private var state: UInt64

  package init(state: UInt64) { self.state = state }

  package mutating func next() -> UInt64 {
    defer { state &+= CounterHash.step }
    return CounterHash.mixed(state)
  }
}

/// Draws for one example of a rendered set, determined by the set's seed and the example's index.
struct ExampleRandom: RandomNumberGenerator {
  private var counter: UInt64

  init(seed: UInt64, index: Int) {
    counter = CounterHash.mixed(seed &+ CounterHash.mixed(UInt64(index)))
  }

  mutating func next() -> UInt64 {
    counter &+= CounterHash.step
    return CounterHash.mixed(counter)
  }

  /// Uniform in `lower` ..< `upper`, with 24 bits.
  mutating func uniform(_ lower: Double, _ upper: Double) -> Double {
    lower + (upper - lower) * Double(next() >> 40) * 0x1p-24
  }

  /// Uniform in 0 ..< `count`.
  mutating func number(below count: Int) -> Int { (Int(next() >> 32) * count) >> 32 }
}
