import Datasets
import LatentCore

extension ArgumentParser {
  /// What `source` adds to the words already read.
  func givenIn(_ source: any ArgumentSource) throws(CommandError) -> [Given] {
    let specs = arguments.entries.map(\.spec).filter { $0.source == nil }
    var added: [Given] = []
    for member in try source.members() {
      guard let spec = specs.first(where: { $0.name == member.name }) else {
        let near = NearestName.match(member.name, in: specs.map(\.name))
        throw .usage(
          "unknown key '\(member.name)' in \(source.place)",
          remedy: (near.map { "did you mean '\($0)'? " } ?? "")
            + "Keys are the names of the options; \(seeHelp)")
      }
      added += try given(member.value, for: spec, in: source)
    }
    return added
  }

  private func given(
    _ value: JSONValue, for spec: ArgumentSpec, in source: any ArgumentSource
  ) throws(CommandError) -> [Given] {
    let written = "\(spec.name) in \(source.place)"
    if spec.form == .flag {
      guard case .bool(let isOn) = value else {
        throw .usage(
          "\(written): expected true or false, found '\(value.text(.compact))'", remedy: spec.help)
      }
      return isOn ? [Given(spec: spec, text: "", written: written)] : []
    }
    let isOverruled = given.contains { other in
      other.spec.title == spec.title
        ? !spec.isRepeated || spec.form == .positional
        : spec.isRival(of: other.spec)
    }
    if isOverruled { return [] }
    guard let words = value.argumentWords(isRepeated: spec.isRepeated) else {
      throw .usage(
        "\(written): expected \(spec.expectation), found '\(value.text(.compact))'",
        remedy: "\(spec.help) \(seeHelp)")
    }
    return words.map { Given(spec: spec, text: $0, written: written) }
  }
}
