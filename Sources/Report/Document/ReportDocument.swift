import Torch

/// A page that says what was done and what came out, in one file that opens without a network.
///
/// A value: titles, texts and figures, without any markup. `html(charts:)` makes the page.
public struct ReportDocument: Sendable, Hashable, Codable {
  /// The heading.
  public var title: String
  /// A line above the heading.
  public var kicker: String
  /// Short facts below the heading.
  public var facts: [String]
  /// The numbers that matter most, shown large.
  public var highlights: [MetricRow]
  /// The parts of the page, in order.
  public var sections: [ReportSection]

  /// A page.
  public init(
    title: String, kicker: String = "swift-latent report", facts: [String] = [],
    highlights: [MetricRow] = [], sections: [ReportSection]
  ) {
    self.title = title
    self.kicker = kicker
    self.facts = facts
    self.highlights = highlights
    self.sections = sections
  }

  /// Writes `report.html` into a folder, replacing an old one only when the new one is complete,
  /// and gives its path.
  ///
  /// `charts` makes the charts answer to the mouse; without it they are static drawings. Equal
  /// documents give equal bytes. Throws `FileError` when the place cannot be written.
  @discardableResult
  public func write(
    to folder: String, charts: ChartLibrary? = ChartLibrary.find()
  ) throws -> String {
    let path = "\(folder)/report.html"
    try AtomicFile.write(html(charts: charts), to: path)
    return path
  }
}

/// A part of the page with its own heading.
public struct ReportSection: Sendable, Hashable, Codable {
  /// The heading.
  public var title: String
  /// A sentence below it; may be empty.
  public var lead: String
  /// What the part holds, in order.
  public var blocks: [ReportBlock]

  /// A part of the page.
  public init(_ title: String, lead: String = "", _ blocks: [ReportBlock]) {
    self.title = title
    self.lead = lead
    self.blocks = blocks
  }
}

/// One thing on the page.
public enum ReportBlock: Sendable, Hashable, Codable {
  /// A paragraph.
  case text(String)
  /// A command to copy.
  case command(String)
  /// A chart, a picture or a table over the whole width.
  case figure(Figure)
  /// Figures beside each other where there is room.
  case figures([Figure])
  /// Names and values, such as a configuration.
  case facts(title: String, [Fact])
  /// Measured numbers.
  case metrics(title: String, [MetricRow])
  /// What was found out, with remedies.
  case findings([Finding])
}
