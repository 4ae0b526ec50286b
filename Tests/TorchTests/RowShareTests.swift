import Testing
import Torch

/// The rows of several processes and their random numbers.
@Suite struct RowShareTests {
  @Test(arguments: [1, 2, 3, 7, 128], [1, 2, 3, 5])
  func sharesAreTheBatch(total: Int, size: Int) {
    let shares = (0..<size).map { RowShare(of: total, rank: $0, size: size) }
    #expect(shares.filter { $0.weight > 0 }.flatMap(\.rows) == Array(0..<total))
    #expect(abs(shares.map(\.weight).reduce(0, +) - 1) < 1e-12)
    // Nobody is without a row, and nobody has two more than another.
    let counts = shares.map(\.rows.count)
    #expect(counts.allSatisfy { $0 >= 1 })
    #expect((counts.max() ?? 0) - (counts.min() ?? 0) <= 1)
  }

  /// Draws of 10 rows in one process, and in three with 4, 3 and 3 of them.
  @Test(arguments: [
    "randn", "rand", "uniform", "normal", "exponential", "randint", "bernoulli", "multinomial",
  ])
  func partsOfADrawAreTheDraw(law: String) {
    let parameters = Tensor.rand([10, 6], using: Generator(seed: 1))
    func draw(_ rows: Range<Int>, _ generator: Generator) -> Tensor {
      let shape = [rows.count, 6]
      return switch law {
      case "randn": Tensor.randn(shape, using: generator)
      case "rand": Tensor.rand(shape, using: generator)
      case "uniform": Tensor.uniform(shape, from: -1, to: 2, using: generator)
      case "normal": Tensor.normal(shape, mean: 3, using: generator)
      case "exponential": Tensor.exponential(shape, using: generator)
      case "randint": Tensor.randint(0..<9, shape, using: generator)
      case "bernoulli": Tensor.bernoulli(parameters[rows], using: generator)
      default: Tensor.multinomial(parameters[rows], count: 1, using: generator)
      }
    }
    expectWhole(of: draw)
  }

  /// Several draws an example stand in the second dimension.
  @Test func rowsMayBeTheSecondDimension() {
    expectWhole { rows, generator in
      Tensor.randn([2, rows.count, 3], using: generator).permuted([1, 0, 2])
    }
  }

  private func expectWhole(of draw: (Range<Int>, Generator) -> Tensor) {
    let whole = Generator(seed: 3)
    let first = [draw(0..<10, whole), draw(0..<10, whole)]
    var parts: [[Tensor]] = [[], []]
    for rank in 0..<3 {
      let share = RowShare(of: 10, rank: rank, size: 3)
      let generator = Generator(seed: 3)
      drawing(share) {
        parts[0].append(draw(share.rows, generator))
        parts[1].append(draw(share.rows, generator))
      }
      #expect(generator.state.isEqual(to: whole.state))
    }
    for (whole, parts) in zip(first, parts) { #expect(concatenated(parts).isEqual(to: whole)) }
  }

  /// A draw that is of no row is everybody's.
  @Test func otherDrawsAreTheSame() {
    let expected = Tensor.randn([5], using: Generator(seed: 2))
    for rank in 0..<3 {
      let found = drawing(RowShare(of: 9, rank: rank, size: 3)) {
        Tensor.randn([5], using: Generator(seed: 2))
      }
      #expect(found.isEqual(to: expected))
    }
  }

  @Test(arguments: ["gamma", "dirichlet", "poisson", "binomial"])
  func lawsThatDrawUntilTheyAcceptHaveTheirRows(law: String) {
    let parameters = Tensor.rand([4, 3], using: Generator(seed: 1)) + 0.5
    for rank in 0..<2 {
      let share = RowShare(of: 8, rank: rank, size: 2)
      let found = drawing(share) {
        let generator = Generator(seed: 6)
        return switch law {
        case "gamma": Tensor.standardGamma(parameters, using: generator)
        case "dirichlet": Tensor.dirichlet(parameters, using: generator)
        case "poisson": Tensor.poisson(parameters, using: generator)
        default:
          Tensor.binomial(
            trials: Tensor.full([4, 3], 5.0), probabilities: parameters / 2, using: generator)
        }
      }
      #expect(found.shape == [4, 3])
      #expect(found.isFinite.all().item() != 0)
    }
  }
}
