/// The flat lists of what a module is made of.
struct ModuleStructure {
  private(set) var parameters: [(path: String, parameter: Parameter)] = []
  private(set) var buffers: [(path: String, buffer: Buffer)] = []
  /// The modules inside; without the root, which keeps this structure and would keep itself alive.
  private(set) var modules: [(path: String, module: Module)] = []

  private var seen: Set<ObjectIdentifier> = []
  private var ancestors: Set<ObjectIdentifier> = []
  private let root: String

  /// Walks through `module`'s stored properties and those of its superclasses.
  init(of module: Module) throws(ModuleStructureError) {
    root = "\(type(of: module))"
    try visit(module, at: "")
    var paths: Set<String> = []
    for path in parameters.map(\.path) + buffers.map(\.path) where !paths.insert(path).inserted {
      throw ModuleStructureError(.pathOfTwo, root: root, path: path)
    }
  }

  func isSame(as other: ModuleStructure) -> Bool {
    func same<Part: AnyObject>(_ a: [(String, Part)], _ b: [(String, Part)]) -> Bool {
      a.count == b.count && zip(a, b).allSatisfy { $0.0 == $1.0 && $0.1 === $1.1 }
    }
    return same(
      parameters.map { ($0.path, $0.parameter) }, other.parameters.map { ($0.path, $0.parameter) })
      && same(buffers.map { ($0.path, $0.buffer) }, other.buffers.map { ($0.path, $0.buffer) })
  }

  private mutating func visit(_ module: Module, at path: String) throws(ModuleStructureError) {
    let identity = ObjectIdentifier(module)
    guard !ancestors.contains(identity) else {
      throw ModuleStructureError(.containsItself, root: root, path: path)
    }
    guard seen.insert(identity).inserted else { return }
    if !path.isEmpty { modules.append((path, module)) }
    ancestors.insert(identity)
    defer { ancestors.remove(identity) }
    for (name, value) in storedProperties(of: module) {
      try visit(value, at: path.isEmpty ? name : "\(path).\(name)")
    }
  }

  private mutating func visit(_ value: Any, at path: String) throws(ModuleStructureError) {
    if isPlain(value) { return }
    if let module = value as? Module { return try visit(module, at: path) }
    if let parameter = value as? Parameter {
      if seen.insert(ObjectIdentifier(parameter)).inserted { parameters.append((path, parameter)) }
      return
    }
    if let buffer = value as? Buffer {
      if seen.insert(ObjectIdentifier(buffer)).inserted { buffers.append((path, buffer)) }
      return
    }
    let mirror = Mirror(reflecting: value)
    switch mirror.displayStyle {
    case .optional:
      if let content = mirror.children.first { try visit(content.value, at: path) }
    case .collection:
      for (index, element) in mirror.children.enumerated() {
        try visit(element.value, at: "\(path).\(index)")
      }
    case .dictionary where keyedByString(mirror) != nil:
      for (key, element) in keyedByString(mirror) ?? [] { try visit(element, at: "\(path).\(key)") }
    default:
      var search = HiddenPartSearch()
      if let found = search.part(in: value, at: path) {
        throw ModuleStructureError(
          .hidden(part: found.part, container: found.container), root: root, path: found.path)
      }
    }
  }
}

/// The stored properties of a module, those of superclasses first.
private func storedProperties(of module: Module) -> [(name: String, value: Any)] {
  var levels: [Mirror] = []
  var level: Mirror? = Mirror(reflecting: module)
  while let mirror = level, mirror.subjectType != Module.self {
    levels.append(mirror)
    level = mirror.superclassMirror
  }
  return levels.reversed().flatMap { mirror in
    mirror.children.compactMap { child in
      child.label.map { (name: declaredName($0), value: child.value) }
    }
  }
}

/// The name in the source of a property that is lazy or has a wrapper.
private func declaredName(_ label: String) -> String {
  let lazy = "$__lazy_storage_$_"
  if label.hasPrefix(lazy) { return String(label.dropFirst(lazy.count)) }
  return label.hasPrefix("_") ? String(label.dropFirst()) : label
}

/// The entries of a dictionary in the order of their keys, or nil if the keys are no strings.
private func keyedByString(_ mirror: Mirror) -> [(key: String, value: Any)]? {
  var entries: [(key: String, value: Any)] = []
  for child in mirror.children {
    let pair = Array(Mirror(reflecting: child.value).children)
    guard pair.count == 2, let key = pair[0].value as? String else { return nil }
    entries.append((key, pair[1].value))
  }
  return entries.sorted { $0.key < $1.key }
}
