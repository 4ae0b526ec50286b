public import LatentCore
public import Torch

/// A variational autoencoder whose code holds categorical variables, alone or beside other channels.
///
/// Its words are the most probable classes. Each variable's classes have numbers of their own, in the
/// order of the variables: class k of the second of two with ten classes is 10 + k.
public final class CategoricalMethod: VariationalMethod, UsesCodebook {
  /// The classes of all variables together.
  public var codeCount: Int { Self.classCount(of: autoencoder.bottleneck) }

  /// The numbers of the most probable classes, `[n, variables]`; other channels are left out.
  public func codeIndices(_ examples: Tensor) -> Tensor {
    var first = 0
    let words = Self.categories(of: posterior(of: examples)).map { part in
      let (variables, classes) = (part.logits.size(-2), part.logits.size(-1))
      let numbers = part.logits.argMax(dim: -1)
      let starts =
        Tensor.arange(variables, dtype: .int64, device: numbers.device) * classes + first
      first += variables * classes
      return numbers + starts
    }
    precondition(!words.isEmpty, "the code has no categorical variable")
    return concatenated(words, dim: 1)
  }

  private static func classCount(of bottleneck: any Bottleneck) -> Int {
    switch bottleneck {
    case let variables as RelaxedCategoricalBottleneck: variables.variables * variables.classes
    case let product as ProductBottleneck: product.channels.reduce(0) { $0 + classCount(of: $1) }
    default: 0
    }
  }

  private static func categories(
    of posterior: any LatentPosterior
  ) -> [RelaxedCategoricalPosterior] {
    switch posterior {
    case let categories as RelaxedCategoricalPosterior: [categories]
    case let product as ProductPosterior: product.parts.flatMap(categories)
    default: []
    }
  }
}
