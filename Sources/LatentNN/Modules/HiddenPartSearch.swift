import Torch

/// Looks for parameters, buffers and modules where discovery does not go, so that none is forgotten.
struct HiddenPartSearch {
  private var seen: Set<ObjectIdentifier> = []

  /// The first part inside `value`, what holds it and where.
  mutating func part(
    in value: Any, at path: String
  ) -> (part: String, container: String, path: String)? {
    if isPlain(value) { return nil }
    let mirror = Mirror(reflecting: value)
    if mirror.displayStyle == .class, !seen.insert(ObjectIdentifier(value as AnyObject)).inserted {
      return nil
    }
    for (label, content) in contents(of: mirror) {
      let place = "\(path).\(label)"
      if let kind = partKind(content) { return (kind, containerName(value, mirror), place) }
      if let found = part(in: content, at: place) { return found }
    }
    return nil
  }

  /// What a value holds, with names: properties, elements, or the values of a dictionary by key.
  private func contents(of mirror: Mirror) -> [(label: String, value: Any)] {
    var list: [(label: String, value: Any)] = []
    var level: Mirror? = mirror
    while let current = level {
      for (index, child) in current.children.enumerated() {
        let pair = Array(Mirror(reflecting: child.value).children)
        if current.displayStyle == .dictionary, pair.count == 2 {
          list.append(("\(pair[0].value)", pair[1].value))
        } else {
          list.append((child.label.map(tidied) ?? "\(index)", child.value))
        }
      }
      level = current.superclassMirror
    }
    return list
  }

  private func partKind(_ value: Any) -> String? {
    switch value {
    case is Parameter: "Parameter"
    case is Buffer: "Buffer"
    case let module as Module: "\(type(of: module))"
    default: nil
    }
  }

  /// `.0` of a tuple without labels is the label of its first element.
  private func tidied(_ label: String) -> String {
    label.hasPrefix(".") ? String(label.dropFirst()) : label
  }

  private func containerName(_ value: Any, _ mirror: Mirror) -> String {
    switch mirror.displayStyle {
    case .tuple: "a tuple"
    case .set: "a set"
    case .dictionary: "a dictionary whose keys are not strings"
    case .enum: "the enum \(type(of: value))"
    case .class: "the class \(type(of: value)), which is no Module"
    case .struct: "the struct \(type(of: value))"
    default: "a \(type(of: value))"
    }
  }
}

/// Whether a value can be passed over: numbers, text, tensors, and arrays of numbers or text, which
/// may be long.
func isPlain(_ value: Any) -> Bool {
  switch value {
  case is any BinaryInteger, is any BinaryFloatingPoint, is Bool, is String, is Tensor,
    is Generator, is [Double], is [Float], is [Int], is [UInt8], is [String], is [Bool]:
    true
  default: false
  }
}
