/// Arguments and options that several commands share.
protocol ArgumentGroup {
  /// Makes the group with its defaults.
  init()

  /// Whether at most one option of the group may be given.
  static var isExclusive: Bool { get }
}

extension ArgumentGroup {
  static var isExclusive: Bool { false }
}

/// Puts the arguments and options of a group among a command's own; help shows them under `title`.
///
///     @OptionGroup("Training") var budget: Budget
@propertyWrapper
struct OptionGroup<Group: ArgumentGroup> {
  /// The heading in help.
  let title: String?
  /// The group.
  let wrappedValue = Group()

  /// Declares a group.
  init(_ title: String? = nil) { self.title = title }
}

extension OptionGroup: NestedDeclarations {
  var nested: Any { wrappedValue }
  var rivalry: String? { Group.isExclusive ? "\(Group.self)" : nil }
}

/// A property wrapper that holds further declarations.
protocol NestedDeclarations {
  /// The heading in help.
  var title: String? { get }
  /// The value whose properties are declarations.
  var nested: Any { get }
  /// The name of the group when at most one of its options may be given.
  var rivalry: String? { get }
}
