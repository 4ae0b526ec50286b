public import LatentNN
import Torch

/// Applies an update rule to the parameters of a model, step by step, and keeps what the rule remembers.
///
///     let optimizer = Optimizer(Adam(), for: model, learningRate: 1e-3)
///     for batch in batches {
///       let (loss, gradients) = valueAndGradient(of: model) { loss($0, batch) }
///       optimizer.update(with: gradients.clipped(toNorm: 1))
///     }
///
/// All parameters with one element type, device and rule take their step in one to a few calls. A parameter
/// without a gradient in a step is left alone and its count of steps stays, as in PyTorch. To climb,
/// scale the gradients by −1.
public final class Optimizer {
  /// The rate of each step, from step 0; it may be replaced while training.
  public var learningRate: Schedule

  /// The number of calls of `update(with:)`.
  public internal(set) var stepCount = 0

  /// What is known of one parameter.
  struct Entry {
    let path: String
    let parameter: Parameter
    /// The index in `groups`.
    let group: Int
    /// The steps that the parameter has taken.
    var steps = 0
    var slots: [String: Tensor] = [:]
  }

  var entries: [Entry]
  /// Gradient times noise by the index of the entry, from the draws of `gradientsAtDraws` to the next update.
  var noiseProducts: [Int: Tensor] = [:]
  let groups: [(rule: any UpdateRule, rateFactor: Double)]
  private let places: [ObjectIdentifier: Int]

  /// An optimiser of all parameters of `model`, the frozen ones too, should they be unfrozen.
  ///
  /// - Parameters:
  ///   - rule: the formula of a step.
  ///   - model: the model whose parameters are changed.
  ///   - learningRate: a number or a schedule of the step.
  ///   - exceptions: other rules or rates for some parameters; the first that matches a path counts.
  public init(
    _ rule: any UpdateRule, for model: Module, learningRate: Schedule,
    except exceptions: [ParameterGroup] = []
  ) {
    self.learningRate = learningRate
    groups = exceptions.map { ($0.rule ?? rule, $0.rateFactor) } + [(rule, 1)]
    entries = model.parameters.map { path, parameter in
      let group = exceptions.firstIndex { $0.matches(path) } ?? exceptions.count
      return Entry(path: path, parameter: parameter, group: group)
    }
    places = Dictionary(
      uniqueKeysWithValues: zip(entries.map { ObjectIdentifier($0.parameter) }, 0...))
  }

  /// Changes every parameter that has a gradient by one step.
  ///
  /// **Fails** (stops) if a gradient is of a parameter that this optimiser does not have.
  public func update(with gradients: Gradients) {
    withoutGradients {
      for (key, members) in batches(of: gradients) {
        let (rule, rateFactor) = groups[key.group]
        let slots = rule.slots.map { name in (name, members.map { slot(name, of: $0.index) }) }
        rule.update(
          UpdateBatch(
            parameters: members.map { entries[$0.index].parameter.value },
            // Fused kernels read memory in order, and a gradient may be a transposed view.
            gradients: members.map { $0.gradient.contiguous() },
            slots: Dictionary(uniqueKeysWithValues: slots),
            learningRate: learningRate(stepCount) * rateFactor, step: key.steps + 1,
            noiseProducts: rule is any SamplingRule ? takenProducts(of: members.map(\.index)) : []))
        for member in members { entries[member.index].steps += 1 }
      }
    }
    noiseProducts = [:]
    stepCount += 1
  }

  /// The products that a rule with draws needs of these entries.
  private func takenProducts(of indices: [Int]) -> [Tensor] {
    indices.map { index in
      guard let product = noiseProducts[index] else {
        require(
          false, "Optimizer.update",
          "the gradient of `\(entries[index].path)` was taken at no draw of the weights; make gradients "
            + "with `gradientsAtDraws(using:)`")
        return Tensor.zeros(like: entries[index].parameter.value)
      }
      return product
    }
  }

  /// What a batch has in common.
  struct BatchKey: Hashable {
    let group: Int
    let steps: Int
    let kind: Kind
  }

  /// The gradients in batches, in the order of the parameters.
  func batches(
    of gradients: Gradients
  ) -> [(key: BatchKey, members: [(index: Int, gradient: Tensor)])] {
    var batches: [(key: BatchKey, members: [(index: Int, gradient: Tensor)])] = []
    var positions: [BatchKey: Int] = [:]
    for entry in gradients.entries {
      guard let index = places[ObjectIdentifier(entry.parameter)] else {
        require(
          false, "Optimizer.update",
          "there is a gradient of `\(entry.path)`, which is no parameter of this optimiser's model")
        continue
      }
      let known = entries[index]
      let key = BatchKey(group: known.group, steps: known.steps, kind: Kind(known.parameter.value))
      if let position = positions[key] {
        batches[position].members.append((index, entry.gradient))
      } else {
        positions[key] = batches.count
        batches.append((key, [(index, entry.gradient)]))
      }
    }
    return batches
  }

  /// The tensor kept for a parameter, on the parameter's device, of its initial value at first.
  func slot(_ name: String, of index: Int) -> Tensor {
    let value = entries[index].parameter.value
    let kept = entries[index].slots[name].map { $0.to(value.device).to(value.dtype) }
    let start = rule(of: entries[index]).initialValue(of: name)
    let tensor = kept ?? Tensor.full(value.shape, start, dtype: value.dtype, device: value.device)
    entries[index].slots[name] = tensor
    return tensor
  }

  /// The rule of a parameter.
  func rule(of entry: Entry) -> any UpdateRule { groups[entry.group].rule }

  /// The names that the rule of a parameter keeps.
  func slotNames(of entry: Entry) -> [String] { groups[entry.group].rule.slots }
}
