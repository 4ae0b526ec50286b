import Datasets
import LatentCore

/// What `@Argument` and `@Option` have in common: the value, and how text becomes one.
///
/// The value lives in an object, because the parser finds the wrapper by reflection, which yields
/// copies.
struct ArgumentStorage<Value> {
  private final class Slot {
    var value: Value?
    init(_ value: Value?) { self.value = value }
  }

  private let slot: Slot
  private let update: (Value?, String, String) throws(ValueRefusal) -> Value
  let spec: ArgumentSpec

  private init(
    _ initial: Value?, _ spec: ArgumentSpec,
    _ update: @escaping (Value?, String, String) throws(ValueRefusal) -> Value
  ) {
    slot = Slot(initial)
    self.spec = spec
    self.update = update
  }

  /// The value; **fails** (stops the program) when it is read before the command line was parsed.
  var value: Value {
    get {
      guard let value = slot.value else {
        preconditionFailure(
          "\(spec.title) was read before the command line was parsed: this is a bug")
      }
      return value
    }
    nonmutating set { slot.value = newValue }
  }

  func take(_ text: String, written: String) throws(ValueRefusal) {
    slot.value = try update(slot.value, text, written)
  }

  /// `spec` with the name of the property unless it has one of its own.
  func spec(label: String) -> ArgumentSpec {
    var named = spec
    if named.name.isEmpty { named.name = label.kebabCased }
    if named.valueName.isEmpty { named.valueName = named.name }
    return named
  }

  /// A value that must be given, or has a default.
  static func single(_ initial: Value?, _ details: ArgumentDetails<Value>) -> Self
  where Value: ArgumentValue {
    var spec = details.spec
    spec.minimum = initial == nil ? 1 : 0
    spec.defaultText = initial?.argumentText
    return Self(initial, spec) { (_, text, written) throws(ValueRefusal) in
      try details.read(text, written)
    }
  }

  /// A value that may be left out.
  static func optional<Element>(_ details: ArgumentDetails<Element>) -> Self
  where Value == Element? {
    Self(.some(nil), details.spec) { (_, text, written) throws(ValueRefusal) in
      try details.read(text, written)
    }
  }

  /// Any number of values, at least `minimum`.
  static func repeated<Element>(minimum: Int, _ details: ArgumentDetails<Element>) -> Self
  where Value == [Element] {
    var spec = details.spec
    spec.minimum = minimum
    spec.isRepeated = true
    return Self([], spec) { (values, text, written) throws(ValueRefusal) in
      (values ?? []) + [try details.read(text, written)]
    }
  }
}

/// The parts of a declaration that do not depend on how often a value is given.
struct ArgumentDetails<Element: ArgumentValue> {
  var spec: ArgumentSpec
  private let check: Check<Element>?

  init(
    _ form: ArgumentSpec.Form, _ help: String, _ name: String?, _ short: Character?,
    _ value: String?, _ choices: [String], _ check: Check<Element>?, _ completion: Completion?
  ) {
    let choices = choices.isEmpty ? Element.choices : choices
    let type = choices.isEmpty ? Element.expectation : "one of " + choices.joined(separator: ", ")
    spec = ArgumentSpec(
      form: form, name: name ?? "", short: short, valueName: value ?? "", help: help,
      defaultText: nil, expectation: check.map { "\(type), \($0.words)" } ?? type,
      condition: check?.words, choices: choices,
      completion: completion ?? (choices.isEmpty ? Element.completion : .words(choices)),
      minimum: 0, isRepeated: false, source: Element.self as? any ArgumentSource.Type,
      replaceable: Element.self as? any ReplaceableBySource.Type)
    self.check = check
  }

  func read(_ text: String, _ written: String) throws(ValueRefusal) -> Element {
    let isListed = spec.choices.isEmpty || spec.choices.contains(text)
    guard isListed, let value = Element(argument: text, written: written),
      check?.accepts(value) ?? true
    else {
      throw ValueRefusal(
        expected: spec.expectation, nearest: NearestName.match(text, in: spec.choices))
    }
    return value
  }
}

extension String {
  /// `dryRun` as `dry-run`.
  var kebabCased: String {
    var result = ""
    for character in self {
      if character.isUppercase, !result.isEmpty { result += "-" }
      result += character.lowercased()
    }
    return result
  }
}
