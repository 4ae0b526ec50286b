import FoundationEssentials

/// The JSON head of a safetensors file: each tensor's type, shape and place, and free metadata.
struct SafetensorsHeader: Codable {
  struct Entry: Codable {
    var dtype: String
    var shape: [Int]
    var data_offsets: [Int]
  }

  var entries: [String: Entry] = [:]
  var metadata: [String: String] = [:]
  /// Whether the head read has metadata, which may be empty.
  private(set) var hasMetadata = false

  private struct Key: CodingKey {
    var stringValue: String
    var intValue: Int? { nil }
    init(stringValue: String) { self.stringValue = stringValue }
    init?(intValue: Int) { nil }
  }

  private static let metadataKey = "__metadata__"

  init() {}

  init(from decoder: any Decoder) throws {
    let container = try decoder.container(keyedBy: Key.self)
    for key in container.allKeys {
      if key.stringValue == Self.metadataKey {
        hasMetadata = true
        metadata = try container.decode([String: String].self, forKey: key)
      } else {
        entries[key.stringValue] = try container.decode(Entry.self, forKey: key)
      }
    }
  }

  func encode(to encoder: any Encoder) throws {
    var container = encoder.container(keyedBy: Key.self)
    if !metadata.isEmpty {
      try container.encode(metadata, forKey: Key(stringValue: Self.metadataKey))
    }
    for (name, entry) in entries { try container.encode(entry, forKey: Key(stringValue: name)) }
  }

  /// The format's names, LibTorch's number and size of the type as stored, and the tensor's type: the
  /// same, or the smallest signed one that holds every value.
  static let types: [StoredType] = [
    ("BOOL", 11, 1, .bool), ("U8", 0, 1, .uint8), ("I32", 3, 4, .int32), ("I64", 4, 8, .int64),
    ("F16", 5, 2, .float16), ("BF16", 15, 2, .bfloat16), ("F32", 6, 4, .float32),
    ("F64", 7, 8, .float64), ("C64", 9, 8, .complex64), ("I8", 1, 1, .int32),
    ("I16", 2, 2, .int32), ("U16", 27, 2, .int32), ("U32", 28, 4, .int64),
  ]

  typealias StoredType = (name: String, stored: Int32, byteCount: Int, dtype: DType)
}

extension SafetensorsHeader.Entry {
  var type: SafetensorsHeader.StoredType? {
    SafetensorsHeader.types.first { $0.name == dtype }
  }

  /// What is wrong with this entry in a file with so many bytes of data, or nil.
  func complaint(dataCount: Int) -> String? {
    guard let type else { return "has type \(dtype), which is not supported" }
    guard data_offsets.count == 2, data_offsets[0] >= 0, data_offsets[1] >= data_offsets[0],
      data_offsets[1] <= dataCount
    else { return "lies outside the file" }
    var expected = type.byteCount
    var nonzero = expected
    for size in shape {
      // Sizes beside a zero still must not overflow, since strides are made of them.
      let (product, overflow) = nonzero.multipliedReportingOverflow(by: Swift.max(size, 1))
      guard size >= 0, !overflow, shape.count <= 64 else { return "has an impossible shape" }
      nonzero = product
      expected = size == 0 ? 0 : expected * size
    }
    let length = data_offsets[1] - data_offsets[0]
    return expected == length ? nil : "needs \(expected) bytes, found \(length)"
  }
}

extension SafetensorsHeader {
  /// The format's name of a type; nil for one that it lacks.
  static func name(of dtype: DType) -> String? {
    types.first { $0.stored == dtype.rawValue }?.name
  }

  /// What is wrong with a head that decodes, or nil: a key that is doubled or unknown, or tensors
  /// that do not lie one after the other over all of the `dataCount` bytes.
  func complaint(text: [UInt8], dataCount: Int) -> String? {
    // A JSON decoder keeps one of two equal keys in silence, but every key has its colon.
    if keyCount(text) != expectedKeyCount { return "its head has a key twice or an unknown one" }
    let places = entries.map { ($0.value.data_offsets, $0.key) }
      .sorted { ($0.0[0], $0.0[1], $0.1) < ($1.0[0], $1.0[1], $1.1) }
    var end = 0
    for (place, name) in places {
      if place[0] < end { return "tensor '\(name)' overlaps the one before it" }
      if place[0] > end { return "\(place[0] - end) bytes before tensor '\(name)' belong to none" }
      end = place[1]
    }
    return end == dataCount ? nil : "expected \(end) bytes of data, found \(dataCount)"
  }

  private var expectedKeyCount: Int {
    4 * entries.count + (hasMetadata ? 1 + metadata.count : 0)
  }

  /// The colons outside of strings.
  private func keyCount(_ text: [UInt8]) -> Int {
    var count = 0
    var isString = false
    var isEscaped = false
    for byte in text {
      if isEscaped {
        isEscaped = false
      } else if isString, byte == UInt8(ascii: "\\") {
        isEscaped = true
      } else if byte == UInt8(ascii: "\"") {
        isString.toggle()
      } else if !isString, byte == UInt8(ascii: ":") {
        count += 1
      }
    }
    return count
  }
}
