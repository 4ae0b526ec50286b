/// A model whose parts cannot all be found.
///
///     Parameter at `VAE.heads.0` sits in a tuple, where it would be trained and saved by nobody.
///     Remedy: hold it in a property of a Module, an optional, an array or a dictionary with String
///     keys, such as `let heads: [Linear]`.
public struct ModuleStructureError: Error, CustomStringConvertible, Sendable {
  enum Problem: Sendable {
    case hidden(part: String, container: String)
    case containsItself
    case pathOfTwo
  }

  private let problem: Problem

  /// The type of the outermost module and the properties that lead to the part.
  public let path: String

  init(_ problem: Problem, root: String, path: String) {
    self.problem = problem
    self.path = path.isEmpty ? root : "\(root).\(path)"
  }

  /// What was found where, and the remedy, a line each.
  public var description: String {
    switch problem {
    case .hidden(let part, let container):
      """
      \(part) at `\(path)` sits in \(container), where it would be trained and saved by nobody.
      Remedy: hold it in a property of a Module, an optional, an array or a dictionary with String \
      keys, such as `let layers: [Linear]`.
      """
    case .containsItself:
      """
      the module at `\(path)` contains itself, so its parameters have no finite path.
      Remedy: hold the way back as an `unowned` or `weak` reference outside the module, or not at all.
      """
    case .pathOfTwo:
      """
      two parts have the path `\(path)`, so a checkpoint could hold only one of them.
      Remedy: rename a property or a dictionary's key; underscores in front and dots do not tell \
      them apart.
      """
    }
  }
}
