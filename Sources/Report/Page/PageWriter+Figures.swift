import LatentCore
import FoundationEssentials

extension PageWriter {
  mutating func figure(_ figure: Figure, size: ChartSize) throws {
    switch figure {
    case .table(let table): self.table(table)
    case .picture(let picture): try self.picture(picture)
    case .line, .bar, .scatter: chart(figure, size: size)
    }
  }

  private mutating func picture(_ figure: PictureFigure) throws {
    let data = Data(try figure.picture.pngBytes()).base64EncodedString()
    openFigure(figure.title)
    // Twice the natural size at most: pixels stay pixels and half-empty panels look alike.
    add("<div class=\"picture\"><img style=\"max-width: \(figure.picture.width * 2)px\"")
    add(" src=\"data:image/png;base64,\(data)\"")
    add(" width=\"\(figure.picture.width)\" height=\"\(figure.picture.height)\"")
    add(" alt=\"\(HTML.escape(figure.alternativeText))\" /></div>")
    if !figure.facts.isEmpty {
      add("<ul class=\"figure-facts\">")
      for fact in figure.facts {
        add("<li><span>\(HTML.escape(fact.name))</span> \(HTML.escape(fact.value))</li>")
      }
      add("</ul>")
    }
    if !figure.caption.isEmpty { element("figcaption", figure.caption) }
    add("</figure>")
  }

  private mutating func openFigure(_ title: String) {
    let name = uniqueName("figure")
    add("<figure class=\"panel\" aria-labelledby=\"\(name)\">")
    add("<h3 id=\"\(name)\">\(HTML.escape(title))</h3>")
  }

  private mutating func chart(_ figure: Figure, size: ChartSize) {
    let place = charts.count
    let id = uniqueName("chart")
    charts.append(figure.embedded)
    openFigure(figure.title)
    legend(figure)
    add("<div class=\"plot \(size.rawValue)\" data-figure=\"\(place)\">")
    switch figure {
    case .line(let chart): add(chart.svg(size: size, id: id))
    case .bar(let chart): add(chart.svg(size: size, id: id))
    case .scatter(let chart): add(chart.svg(size: size, id: id))
    case .picture, .table: break
    }
    add("</div>")
    if !figure.caption.isEmpty { element("figcaption", figure.caption) }
    if let numbers = figure.numbers {
      add("<details><summary>Numbers</summary>")
      bareTable(numbers)
      add("</details>")
    }
    add("</figure>")
  }

  private mutating func legend(_ figure: Figure) {
    // Bars have no buttons either, so that nothing will stand there.
    let isBare = figure.isBar && figure.legend.count < 2
    add("<div class=\"tools\"\(isBare ? " hidden=\"hidden\"" : "")><ul class=\"legend\">")
    // A lone group of bars or points has its name in the title.
    for entry in figure.isLine || figure.legend.count > 1 ? figure.legend : [] {
      let dash = entry.isDashed ? " dashed" : figure.isLine ? "" : " dot"
      add("<li><span class=\"swatch s\(entry.color % Palette.count)\(dash)\"></span>")
      add("\(HTML.escape(entry.name))</li>")
    }
    add("</ul></div>")
  }
}

extension Figure {
  var isLine: Bool { if case .line = self { true } else { false } }
  var isBar: Bool { if case .bar = self { true } else { false } }
  var isPicture: Bool { if case .picture = self { true } else { false } }

  /// Name and colour of each series.
  var legend: [(name: String, color: Int, isDashed: Bool)] {
    switch self {
    case .line(let chart):
      chart.series.enumerated().map { ($1.name, $1.color ?? $0, $1.isDashed) }
    case .bar(let chart): chart.series.enumerated().map { ($1.name, $0, false) }
    case .scatter(let chart): chart.series.enumerated().map { ($1.name, $0, false) }
    case .picture, .table: []
    }
  }

  /// The figure as the page carries it: long curves thinned, digits that nobody sees dropped.
  var embedded: Figure {
    guard case .line(var chart) = self else { return self }
    chart.series = chart.series.map { curve in
      var copy = curve.reduced(to: 2000)
      copy.y = copy.y.map(Self.seenDigits)
      copy.band = copy.band.map {
        .init(lower: $0.lower.map(Self.seenDigits), upper: $0.upper.map(Self.seenDigits))
      }
      return copy
    }
    return .line(chart)
  }

  private static func seenDigits(_ value: Double) -> Double {
    Double(NumberText.short(value, digits: 7)) ?? value
  }
}
