/// Where a method comes from.
public struct Citation: Sendable, Hashable {
  /// The authors as the field names them, such as `Kingma & Welling`.
  public let authors: String
  /// The title.
  public let title: String
  /// The year of the first version.
  public let year: Int
  /// The arXiv number, or nil.
  public let arXiv: String?
  /// The digital object identifier, or nil.
  public let doi: String?
  /// The publication, such as a journal with volume and pages, or nil.
  public let venue: String?
  /// Section or equation, or nil.
  public let place: String?

  /// A paper, and where in it.
  public init(
    authors: String, title: String, year: Int, arXiv: String? = nil, doi: String? = nil,
    venue: String? = nil, place: String? = nil
  ) {
    self.authors = authors
    self.title = title
    self.year = year
    self.arXiv = arXiv
    self.doi = doi
    self.venue = venue
    self.place = place
  }
}
