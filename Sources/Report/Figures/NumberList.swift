/// One number in JSON, where `null` stands for what is no finite number.
struct NumberOrNull: Codable {
  var value: Double

  init(_ value: Double) { self.value = value }

  init(from decoder: any Decoder) throws {
    let container = try decoder.singleValueContainer()
    value = container.decodeNil() ? .nan : try container.decode(Double.self)
  }

  func encode(to encoder: any Encoder) throws {
    var container = encoder.singleValueContainer()
    if value.isFinite { try container.encode(value) } else { try container.encodeNil() }
  }
}

/// Numbers in JSON, where `null` stands for what is no finite number.
struct NumberList: Codable {
  var values: [Double]

  init(_ values: [Double]) { self.values = values }

  init(from decoder: any Decoder) throws {
    values = try [NumberOrNull](from: decoder).map(\.value)
  }

  func encode(to encoder: any Encoder) throws {
    try values.map(NumberOrNull.init).encode(to: encoder)
  }
}
