/// Numbers in JSON, where `null` stands for what is no finite number.
struct NumberList: Codable {
  var values: [Double]

  init(_ values: [Double]) { self.values = values }

  init(from decoder: any Decoder) throws {
    values = try [Double?](from: decoder).map { $0 ?? .nan }
  }

  func encode(to encoder: any Encoder) throws {
    try values.map { $0.isFinite ? $0 : nil }.encode(to: encoder)
  }
}
