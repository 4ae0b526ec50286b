import Torch

extension Module: CustomStringConvertible {
  /// The tree of modules with the sizes of their parameters:
  ///
  ///     Encoder                        14,650 parameters
  ///     ├─ hidden: Linear 20 → 400     weight [400, 20], bias [400]
  ///     └─ mean: Linear 400 → 15       weight [15, 400], bias [15]
  public final var description: String {
    var rows: [(label: String, sizes: String)] = []
    appendRows(of: self, name: nil, lead: "", isLast: true, to: &rows)
    rows[0].sizes = "\(grouped(parameterCount)) parameters"
    let width = rows.map(\.label.count).max() ?? 0
    return rows.map { label, sizes in
      sizes.isEmpty ? label : label + String(repeating: " ", count: width - label.count + 2) + sizes
    }.joined(separator: "\n")
  }

  private final func appendRows(
    of module: Module, name: String?, lead: String, isLast: Bool,
    to rows: inout [(label: String, sizes: String)]
  ) {
    let kind = "\(type(of: module))" + (module.details.isEmpty ? "" : " \(module.details)")
    let branch = name == nil ? "" : (isLast ? "└─ " : "├─ ")
    let own = module.ownTensors()
    rows.append((lead + branch + (name.map { "\($0): " } ?? "") + kind, own))
    let children = module.childModules()
    let inner = name == nil ? "" : lead + (isLast ? "   " : "│  ")
    for (index, child) in children.enumerated() {
      appendRows(
        of: child.module, name: child.path, lead: inner, isLast: index == children.count - 1,
        to: &rows)
    }
  }

  /// The modules that no other module stands in between, such as `layers.0`.
  private final func childModules() -> [(path: String, module: Module)] {
    var children: [(path: String, module: Module)] = []
    for (path, module) in modules.dropFirst()
    where !children.contains(where: { path.hasPrefix($0.path + ".") }) {
      children.append((path, module))
    }
    return children
  }

  /// Names and shapes of the parameters and buffers that belong to no child.
  private final func ownTensors() -> String {
    let children = childModules().map { $0.path + "." }
    func isOwn(_ path: String) -> Bool { !children.contains { path.hasPrefix($0) } }
    let trained = parameters.filter { isOwn($0.path) }.map { path, parameter in
      "\(path) \(parameter.shape)" + (parameter.isTrainable ? "" : " frozen")
    }
    let kept = buffers.filter { isOwn($0.path) }.map { "\($0.path) \($0.buffer.value.shape)" }
    return (trained + kept).joined(separator: ", ")
  }
}

/// A number with commas between its thousands.
private func grouped(_ number: Int) -> String {
  var text = ""
  for (index, digit) in String(number).reversed().enumerated() {
    if index > 0, index.isMultiple(of: 3) { text.append(",") }
    text.append(digit)
  }
  return String(text.reversed())
}
