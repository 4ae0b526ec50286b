import Datasets
import Evaluation
import LatentCore
import Torch

/// Codes as points of the plane, coloured by class, with their examples.
enum CodeMap {
  /// Principal axes, and neighbours where there are more than two dimensions; none for codes that are all equal.
  static func charts(of codes: Tensor, _ batch: Batch, schema: DatasetSchema) -> [ScatterChart] {
    guard let principal = try? PrincipalComponents(codes), principal.shares.first ?? 0 > 0 else {
      return []
    }
    let pictures = schema.kind.isImage ? try? ThumbnailSheet(batch.examples.to(.cpu)) : nil
    let groups = Groups(batch, names: schema.classNames, hasPictures: pictures != nil)
    let hover = pictures == nil ? "" : " Point at one to see its example."
    let flat = codes.size(1) < 2
    let places = principal.places(of: codes)
    let shares = principal.shares.map { NumberText.short($0 * 100, digits: 2) + " %" }
    var charts = [
      ScatterChart(
        "Codes on their principal axes",
        caption: "Held-out codes on the \(flat ? "axis" : "two axes") of most variance.\(hover)",
        xAxis: Axis("First axis, \(shares[0]) of the variance"),
        yAxis: Axis(flat ? "" : "Second axis, \(shares[1])"),
        series: groups.series(flat ? concatenated([places, places * 0], dim: 1) : places),
        thumbnails: pictures)
    ]
    if codes.size(1) > 2, let map = try? NeighbourEmbedding(codes) {
      charts.append(
        ScatterChart(
          "Codes by their neighbours",
          caption:
            "The same codes by t-SNE, which keeps neighbours together; distances between far groups mean little."
            + hover,
          xAxis: Axis("First coordinate"), yAxis: Axis("Second coordinate"),
          series: groups.series(map.places), thumbnails: pictures))
    }
    return charts
  }

  /// Which point belongs to which class, and what it says.
  private struct Groups {
    let names: [String]
    let rows: [[Int]]
    let hasPictures: Bool
    let indices: [Int]

    init(_ batch: Batch, names classes: [String]?, hasPictures: Bool) {
      self.hasPictures = hasPictures
      indices = batch.indices
      let all = Array(0..<batch.count)
      // More classes than colours would say nothing.
      guard let labels = batch.labels?.scalars(as: Int.self), let classes,
        classes.count <= Palette.count
      else {
        names = ["codes"]
        rows = [all]
        return
      }
      let present = classes.indices.filter { labels.contains($0) }
      names = present.map { classes[$0] }
      rows = present.map { label in all.filter { labels[$0] == label } }
    }

    func series(_ places: Tensor) -> [ScatterChart.Series] {
      let x = places[.all, 0].scalars(as: Double.self)
      let y = places[.all, 1].scalars(as: Double.self)
      func seen(_ value: Double) -> Double {
        Double(NumberText.short(value, digits: 5)) ?? value
      }
      return zip(names, rows).map { name, rows in
        .init(
          name, x: rows.map { seen(x[$0]) }, y: rows.map { seen(y[$0]) },
          texts: rows.map { "example \(indices[$0])" }, thumbnails: hasPictures ? rows : [])
      }
    }
  }
}
