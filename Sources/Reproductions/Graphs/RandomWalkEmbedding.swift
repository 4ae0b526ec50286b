import Datasets
import Torch

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// DeepWalk with negative sampling: nodes that are near each other on random walks get codes with large inner products.
///
/// From each node start `walks` walks of `length` nodes over edges, all alike; for a node and each other within a window
/// (drawn anew from 1 … `window`), a step of gradient ascent on log σ(u_i · v_j) + Σ log σ(−u_i · v_k) over `negatives`
/// nodes k drawn by degree^¾. The codes are u. **Source**: Perozzi, Al-Rfou & Skiena 2014, arXiv 1403.6652; objective: Mikolov
/// et al. 2013, arXiv 1310.4546, equation 4.
struct RandomWalkEmbedding {
  var size = 16
  var walks = 10
  var length = 40
  var window = 5
  // More negatives are worse on sparse graphs of blocks: 0.69 in place of 0.71.
  var negatives = 1
  var rate: Float = 0.025
  var seed: UInt64

  init(seed: UInt64) { self.seed = seed }

  /// The codes `[count, size]` of the nodes of a graph with edges `[2, m]`.
  func codes(_ edges: Tensor, count: Int) -> Tensor {
    var random = SplitMix64(state: seed &+ 0x9E37_79B9_7F4A_7C15)
    let neighbours = Self.neighbours(edges, count: count)
    let table = Self.noiseTable(neighbours)
    let half = Float(0.5) / Float(size)
    var inputs = (0..<count * size).map { _ in (2 * random.uniform() - 1) * half }
    var outputs = [Float](repeating: 0, count: count * size)
    var gradient = [Float](repeating: 0, count: size)
    let total = Float(walks * count)
    for round in 0..<walks {
      for (done, start) in (0..<count).shuffled(using: &random).enumerated() {
        let progress = Float(round * count + done) / total
        let step = Swift.max(rate * (1 - progress), rate * 1e-4)
        let walk = Self.walk(from: start, length: length, neighbours, &random)
        for (place, node) in walk.enumerated() {
          let reach = 1 + random.number(below: window)
          let near = Swift.max(0, place - reach)...Swift.min(walk.count - 1, place + reach)
          for other in near where other != place {
            for index in gradient.indices { gradient[index] = 0 }
            for draw in 0...negatives {
              let target = draw == 0 ? walk[other] : table[random.number(below: table.count)]
              if draw > 0, target == walk[other] { continue }
              let (a, b) = (node * size, target * size)
              var product: Float = 0
              for d in 0..<size { product += inputs[a + d] * outputs[b + d] }
              let slope = step * ((draw == 0 ? 1 : 0) - Self.sigmoid(product))
              for d in 0..<size {
                gradient[d] += slope * outputs[b + d]
                outputs[b + d] += slope * inputs[a + d]
              }
            }
            for d in 0..<size { inputs[node * size + d] += gradient[d] }
          }
        }
      }
    }
    return Tensor(inputs, shape: [count, size])
  }

  private static func sigmoid(_ x: Float) -> Float {
    1 / (1 + expf(-x))
  }

  private static func neighbours(_ edges: Tensor, count: Int) -> [[Int]] {
    var lists = [[Int]](repeating: [], count: count)
    let (first, second) = (edges[0].scalars(as: Int.self), edges[1].scalars(as: Int.self))
    for (a, b) in zip(first, second) {
      lists[a].append(b)
      lists[b].append(a)
    }
    return lists
  }

  /// Nodes as often as degree^¾ says.
  private static func noiseTable(_ neighbours: [[Int]]) -> [Int] {
    neighbours.indices.flatMap { node -> [Int] in
      let degree = Double(neighbours[node].count)
      return [Int](
        repeating: node, count: Int((10 * (degree * degree.squareRoot()).squareRoot()).rounded()))
    }
  }

  private static func walk(
    from start: Int, length: Int, _ neighbours: [[Int]], _ random: inout SplitMix64
  ) -> [Int] {
    var walk = [start]
    while walk.count < length, let last = walk.last, !neighbours[last].isEmpty {
      walk.append(neighbours[last][random.number(below: neighbours[last].count)])
    }
    return walk
  }
}

extension SplitMix64 {
  fileprivate mutating func number(below count: Int) -> Int { (Int(next() >> 32) * count) >> 32 }
  fileprivate mutating func uniform() -> Float { Float(next() >> 40) * 0x1p-24 }
}
