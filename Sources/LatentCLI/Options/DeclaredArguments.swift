/// The arguments, options and flags of one command object, found once by reflection.
struct DeclaredArguments {
  /// One declaration with what is known of it.
  struct Entry {
    let spec: ArgumentSpec
    let declaration: any ArgumentDeclaration
    /// The heading of the group it belongs to, if any.
    let section: String?
  }

  /// All declarations, in the order of the properties.
  let entries: [Entry]

  /// Finds the declarations of `command`.
  ///
  /// **Fails** (stops the program) when two have one name, or an argument follows one that takes
  /// all the rest.
  init(of command: any Command) {
    var entries: [Entry] = []
    Self.collect(command, section: nil, rivalry: nil, into: &entries)
    self.entries = entries
    var names: Set<String> = []
    for entry in entries {
      let key = entry.spec.form == .positional ? entry.spec.title : "--\(entry.spec.name)"
      precondition(names.insert(key).inserted, "\(key) is declared twice in \(type(of: command))")
    }
    precondition(
      !positionals.dropLast().contains { $0.spec.isRepeated },
      "an argument follows one that takes all the rest in \(type(of: command))")
  }

  /// The arguments known by their place.
  var positionals: [Entry] { entries.filter { $0.spec.form == .positional } }

  /// The options and flags.
  var named: [Entry] { entries.filter { $0.spec.form != .positional } }

  private static func collect(
    _ value: Any, section: String?, rivalry: String?, into entries: inout [Entry]
  ) {
    for child in Mirror(reflecting: value).children {
      guard let label = child.label else { continue }
      if let declaration = child.value as? any ArgumentDeclaration {
        let property = label.hasPrefix("_") ? String(label.dropFirst()) : label
        var spec = declaration.spec(label: property)
        spec.rivalry = rivalry
        entries.append(Entry(spec: spec, declaration: declaration, section: section))
      } else if let group = child.value as? any NestedDeclarations {
        collect(
          group.nested, section: group.title ?? section, rivalry: group.rivalry ?? rivalry,
          into: &entries)
      }
    }
  }
}
