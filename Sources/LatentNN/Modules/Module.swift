import Torch

/// The base class of layers and models: a tree of parameters, buffers and further modules.
///
/// A subclass declares its parts as `let` properties and writes `callAsFunction`; nothing is
/// registered by hand. The parts are found by reflection, once, at first use:
///
///     final class Encoder: Module {
///       let hidden: Linear
///       let mean: Linear
///       init(using generator: Generator) {
///         hidden = Linear(784, 400, using: generator)
///         mean = Linear(400, 20, using: generator)
///       }
///       func callAsFunction(_ x: Tensor) -> Tensor { mean(relu(hidden(x))) }
///     }
///
/// Parts may sit in properties, optionals, arrays and dictionaries with `String` keys, nested at
/// will. The name of a parameter is its path, here `hidden.weight`; paths are the keys of
/// checkpoints. **Fails**, with the path and the remedy, if a parameter sits anywhere else (a tuple, a
/// struct, a set, a plain class), because it would be trained and saved by nobody. What a closure
/// has captured cannot be seen. The structure is fixed once it has been read.
///
/// PyTorch: `torch.nn.Module`.
open class Module {
  /// What the layers do that behave differently in training: drop, or use batch statistics.
  ///
  /// `.evaluation` outside of `training(_:do:)` and of `valueAndGradient(of:)`.
  public internal(set) final var mode: Mode = .evaluation

  /// One line about this module's sizes for the printed tree, such as `784 → 400`.
  open var details: String { "" }

  private final var discovered: ModuleStructure?

  /// A module without parts of its own.
  public init() {}

  /// The parts, found at first use.
  final var structure: ModuleStructure {
    if let discovered { return discovered }
    do {
      let structure = try ModuleStructure(of: self)
      discovered = structure
      return structure
    } catch {
      fatalError("\(error)")
    }
  }

  /// Finds the parts afresh and stops if they are not those found at first use.
  final func checkedStructure() -> ModuleStructure {
    let known = structure
    guard let fresh = try? ModuleStructure(of: self), fresh.isSame(as: known) else {
      fatalError(
        "the parts of \(type(of: self)) changed after their first use, so a training state of them "
          + "would be wrong. Declare parts with `let`.")
    }
    return known
  }
}

extension Module {
  /// Every parameter with its path, each once, in the order of declaration.
  ///
  /// A parameter that several paths lead to has the first of them.
  public final var parameters: [(path: String, parameter: Parameter)] { structure.parameters }

  /// The parameters that gradients are taken for.
  public final var trainableParameters: [(path: String, parameter: Parameter)] {
    structure.parameters.filter(\.parameter.isTrainable)
  }

  /// Every buffer with its path, each once, in the order of declaration.
  public final var buffers: [(path: String, buffer: Buffer)] { structure.buffers }

  /// This module (with the empty path) and every module in it, each once, parents first.
  public final var modules: [(path: String, module: Module)] {
    [("", self)] + structure.modules
  }

  /// The number of elements of all parameters.
  public final var parameterCount: Int { parameters.reduce(0) { $0 + $1.parameter.count } }

  /// Finds the parts, or throws what is wrong with their declaration.
  ///
  /// Everything else that needs the parts stops with the same sentence.
  public final func checkStructure() throws(ModuleStructureError) {
    _ = try ModuleStructure(of: self)
  }

  /// Stops gradients for the parameters whose path fulfils `predicate`; the others are unchanged.
  ///
  /// `model.freeze { $0.hasPrefix("encoder.") }` keeps an encoder as it is.
  public final func freeze(where predicate: (String) -> Bool = { _ in true }) {
    for (path, parameter) in parameters where predicate(path) { parameter.isTrainable = false }
  }

  /// Takes gradients again for the parameters whose path fulfils `predicate`.
  public final func unfreeze(where predicate: (String) -> Bool = { _ in true }) {
    for (path, parameter) in parameters where predicate(path) { parameter.isTrainable = true }
  }
}
