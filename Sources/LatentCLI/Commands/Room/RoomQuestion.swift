import LatentCore
import Torch

/// One question to a room, with members of known types.
struct RoomQuestion {
  let members: JSONObject

  /// The most codes of one question.
  static let codeLimit = 256

  /// What is asked.
  var ask: String { members["ask"]?.text ?? "" }

  /// A text; throws `CommandError` for anything else.
  func text(_ name: String) throws -> String? {
    guard let value = members[name], value != .null else { return nil }
    guard let text = value.text else { throw refused(name, "a text") }
    return text
  }

  /// A whole number within `range`; throws `CommandError` for anything else.
  func whole(_ name: String, in range: ClosedRange<Int>) throws -> Int? {
    guard let value = members[name], value != .null else { return nil }
    guard let number = value.whole, range.contains(number) else {
      throw refused(name, "a whole number from \(range.lowerBound) to \(range.upperBound)")
    }
    return number
  }

  /// Whole numbers from 0, `limit` at most; throws `CommandError` for anything else and for none.
  func indices(_ name: String, limit: Int) throws -> [Int] {
    guard let values = members[name]?.elements, !values.isEmpty, values.count <= limit else {
      throw refused(name, "1 to \(limit) numbers of examples")
    }
    return try values.map { value in
      guard let index = value.whole, index >= 0 else { throw refused(name, "whole numbers from 0") }
      return index
    }
  }

  /// Lists of `size` finite numbers each, at most 256 of them; throws `CommandError` for anything else.
  func codes(_ name: String, size: Int) throws -> [[Double]] {
    guard let rows = members[name]?.elements, !rows.isEmpty, rows.count <= Self.codeLimit else {
      throw refused(name, "1 to \(Self.codeLimit) codes")
    }
    return try rows.map { try numbers($0, name, size: size) }
  }

  /// A list of `size` finite numbers; throws `CommandError` for anything else.
  func code(_ name: String, size: Int) throws -> [Double] {
    guard let value = members[name] else { throw refused(name, "a code") }
    return try numbers(value, name, size: size)
  }

  private func numbers(_ value: JSONValue, _ name: String, size: Int) throws -> [Double] {
    var found: [Double] = []
    func add(_ value: JSONValue) throws {
      if let elements = value.elements {
        for element in elements { try add(element) }
      } else if let number = value.number, number.isFinite, found.count <= size {
        found.append(number)
      } else {
        throw refused(name, "codes of \(size) finite numbers")
      }
    }
    try add(value)
    guard found.count == size, value.elements != nil else {
      throw refused(name, "codes of \(size) finite numbers")
    }
    return found
  }

  /// The refusal of a member.
  func refused(_ name: String, _ expected: String) -> CommandError {
    let found = members[name].map { "\($0.text(.compact).prefix(60))" } ?? "nothing"
    return .usage("\(name): expected \(expected), found \(found)", remedy: "correct the question")
  }
}
