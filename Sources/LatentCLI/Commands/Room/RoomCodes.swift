import LatentCore
import Torch

/// The form of a run's codes, and codes between lists of numbers and tensors.
struct RoomCodes {
  let encoder: any Encodes
  let shape: [Int]
  /// The words that a place of the code can hold; nil for codes of numbers.
  let words: Int?
  private let type: DType

  /// Throws `CommandError` for a method without codes; one of `examples` tells what they are made of.
  init(_ method: any Method, recipe: String, example: Tensor) throws {
    guard let encoder = method as? any Encodes else {
      throw CommandError.usage(
        "recipe \(recipe) has no codes", remedy: "use a run of another recipe")
    }
    self.encoder = encoder
    let code = encoder.encode(example)
    shape = Array(code.shape.dropFirst())
    type = code.dtype
    words = code.dtype.isFloatingPoint ? nil : (method as? any UsesCodebook)?.codeCount ?? 1 << 31
  }

  /// The numbers of one code.
  var size: Int { shape.reduce(1, *) }
  var isDiscrete: Bool { words != nil }

  /// Codes `[n] + shape` of lists; throws `CommandError` for words that do not exist.
  func tensor(_ rows: [[Double]]) throws -> Tensor {
    if let words {
      for value in rows.joined() where value != value.rounded() || value < 0 || Int(value) >= words
      {
        throw CommandError.usage(
          "codes: expected words from 0 to \(words - 1), found \(value)",
          remedy: "use words of the codebook")
      }
      return Tensor(rows.flatMap { $0.map { Int($0) } }).reshaped([rows.count] + shape).to(type)
    }
    return Tensor(rows.flatMap { $0 }).reshaped([rows.count] + shape).to(type)
  }

  /// The lists of codes `[n] + shape`.
  func lists(_ codes: Tensor) -> JSONValue {
    let flat = codes.to(.cpu).reshaped([codes.size(0), size])
    return .array(
      flat.unbound().map { row in
        isDiscrete
          ? .array(row.scalars(as: Int.self).map { .int($0) })
          : .array(row.scalars(as: Double.self).map { .double(Self.short($0)) })
      })
  }

  /// Seven digits, all that a code's number has.
  static func short(_ value: Double) -> Double {
    guard value.isFinite, value != 0 else { return value }
    return Double(NumberText.significant(value, digits: 7)) ?? value
  }
}
