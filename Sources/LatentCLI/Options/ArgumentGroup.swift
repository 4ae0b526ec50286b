/// Arguments and options that several commands share.
protocol ArgumentGroup {
  /// Makes the group with its defaults.
  init()
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
}

/// A property wrapper that holds further declarations.
protocol NestedDeclarations {
  /// The heading in help.
  var title: String? { get }
  /// The value whose properties are declarations.
  var nested: Any { get }
}
