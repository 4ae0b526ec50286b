import Datasets
import LatentCore

extension ArgumentParser {
  /// What the file of arguments `file` adds to the words already read.
  func givenInFile(_ file: Given) throws(CommandError) -> [Given] {
    guard let argumentFile = ArgumentFile(argument: file.text) else { return [] }
    var added: [Given] = []
    for member in try argumentFile.members() {
      let specs = arguments.entries.map(\.spec).filter { !$0.isArgumentFile }
      guard let spec = specs.first(where: { $0.name == member.name }) else {
        let near = NearestName.match(member.name, in: specs.map(\.name))
        throw .usage(
          "unknown key '\(member.name)' in \(file.text)",
          remedy: (near.map { "did you mean '\($0)'? " } ?? "")
            + "Keys are the names of the options; "
            + seeHelp)
      }
      let written = "\(spec.name) in \(file.text)"
      if spec.form == .flag {
        guard case .bool(let isOn) = member.value else {
          throw .usage(
            "\(written): expected true or false, found '\(member.value.text(.compact))'",
            remedy: spec.help)
        }
        if isOn { added.append(Given(spec: spec, text: "", written: written)) }
        continue
      }
      let isGiven = given.contains { $0.spec.title == spec.title }
      if isGiven && (!spec.isRepeated || spec.form == .positional) { continue }
      guard
        let words = ArgumentFile.words(for: member.value, isRepeated: spec.isRepeated)
      else {
        throw .usage(
          "\(written): expected \(spec.expectation), found '\(member.value.text(.compact))'",
          remedy: "\(spec.help) \(seeHelp)")
      }
      added += words.map { Given(spec: spec, text: $0, written: written) }
    }
    return added
  }
}
