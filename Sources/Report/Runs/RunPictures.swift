public import Datasets
public import LatentCore
import LatentNN
public import Torch

/// The pictures that a trained method can make of itself, by what it is able to do.
public enum RunPictures {
  /// Originals above their reconstructions, samples from the prior, and traversals of code axes,
  /// as far as the method can and the data are pictures; none otherwise.
  ///
  /// `held` are examples that training did not see. All randomness is from `generator`. Throws
  /// what reading data throws.
  public static func all(
    of method: any Method, held: any Dataset, using generator: Generator
  ) throws -> [PictureFigure] {
    guard held.schema.exampleShape.count == 3, held.count > 0 else { return [] }
    return try withoutGradients {
      try evaluating(method.model) {
        var figures: [PictureFigure] = []
        if let method = method as? any Reconstructs {
          figures.append(try reconstructions(method, held))
        }
        if let method = method as? any Samples {
          figures.append(try samples(method, using: generator))
        }
        if let method = method as? any Encodes & Decodes {
          figures += try traversals(method, held)
        }
        return figures
      }
    }
  }

  private static func reconstructions(
    _ method: any Reconstructs, _ held: any Dataset
  ) throws -> PictureFigure {
    let originals = try held.batch(Array(0..<min(20, held.count))).examples
    let copies = method.reconstruct(originals)
    let error = squaredError(copies, originals).item()
    return PictureFigure(
      "Reconstructions", caption: "Held-out originals above, their reconstructions below.",
      facts: [Fact("mean squared error a pixel", NumberText.short(error, digits: 3))],
      picture: try PictureGrid(stacking: [originals, copies], columns: 10).picture())
  }

  private static func samples(
    _ method: any Samples, using generator: Generator
  ) throws -> PictureFigure {
    let drawn = method.sample(64, using: generator)
    return PictureFigure(
      "Samples", caption: "Decoded draws from the prior; brightness is the pixel's mean.",
      facts: [Fact("samples", "64")], picture: try PictureGrid(drawn, columns: 8).picture())
  }

  /// One row an axis, the most spread first: the code of one example with that axis from −3 to 3
  /// standard deviations of the codes.
  private static func traversals(
    _ method: any Encodes & Decodes, _ held: any Dataset
  ) throws -> [PictureFigure] {
    guard method.codeShape.count == 1 else { return [] }
    let examples = try held.batch(Array(0..<min(512, held.count))).examples
    let codes = method.encode(examples)
    let spread = codes.standardDeviation(dims: [0])
    let axes = spread.argSorted(descending: true)[0..<min(8, method.codeShape[0])]
      .scalars(as: Int.self)
    let start = codes[0..<1]
    let places = stacked(axes.map { Tensor.linspace(-3, 3, count: 9) * spread[$0] + start[0, $0] })
    let moved = codeTraversal(from: start, axes: axes, places: places)
    let rows = moved[0].unbound().map { method.decode($0) }
    let labels = axes.map { "z\($0)" }
    let facts = axes.map {
      Fact("spread of z\($0)", NumberText.short(spread[$0].item(), digits: 3))
    }
    return [
      PictureFigure(
        "Traversals",
        caption: "One held-out code, one axis a row moved from −3 to 3 spreads; widest axes first.",
        facts: facts, picture: try PictureGrid(traversals: stacked(rows), labels: labels).picture())
    ]
  }
}
