public import LatentCore
public import LatentNN
public import Torch

/// A classifier of codes that plays against an encoder: dense layers with leaky ReLU, one logit.
///
/// The logit is that of the code coming from the law that the critic calls real. **Shapes**: codes
/// `[B, …]`, flattened, → logits `[B]`.
public final class CodeCritic: Module {
  /// Codes to logits.
  public let network: Sequential

  /// A critic of codes of `size` numbers with hidden layers of these widths.
  public init(size: Int, hidden: [Int], slope: Double = 0.2, using generator: Generator) {
    var layers: [any UnaryLayer] = [Flatten()]
    for (inputs, outputs) in zip([size] + hidden, hidden) {
      layers += [
        Linear(inputs, outputs, using: generator), Activation.leakyRelu(slope: slope),
      ]
    }
    layers.append(Linear(hidden.last ?? size, 1, using: generator))
    network = Sequential(layers)
  }

  /// The logit of each code.
  public func callAsFunction(_ codes: Tensor) -> Tensor { network(codes).squeezed(dim: 1) }
}

extension CodeCritic {
  /// −½ E log σ(D(real)) − ½ E log(1 − σ(D(other))), in nats: log 2 for a critic that knows nothing.
  func crossEntropy(real: Tensor, other: Tensor) -> Tensor {
    0.5 * (softplus(-self(real)).mean() + softplus(self(other)).mean())
  }
}

/// An objective with one critic of codes, which plays after the autoencoder.
public protocol CriticObjective: Objective {
  /// What plays against the encoder.
  var critic: CodeCritic { get }
  /// The critic's learning rate over the autoencoder's.
  var criticRate: Double { get }
}

extension CriticObjective {
  /// The critic.
  public var critics: [Module] { [critic] }

  /// Autoencoder and critic.
  public var players: [Player]? { Player.contest(criticRate: criticRate) }
}
