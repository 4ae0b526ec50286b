public import Torch

/// Normalises each example over groups of channels: y = (x − μ) / √(σ² + ε) · γ + β.
///
/// μ and σ² (biased) are taken over a group's channels and all of space; with one group it is a layer
/// norm over `[C, S…]`, with C groups an instance norm. **Shapes**: x `[B, C, S…]` → y the same; `weight` and
/// `bias` `[C]`. **Source**: Wu and He 2018, arXiv:1803.08494. PyTorch: `nn.GroupNorm`.
public final class GroupNorm: Module, UnaryLayer {
  /// γ, starts at one.
  public let weight: Parameter?
  /// β, starts at zero.
  public let bias: Parameter?
  /// The number of groups.
  public let groups: Int
  /// ε, added to the variance.
  public let epsilon: Double

  /// A layer for `channels` channels in `groups` groups; `affine` says whether γ and β exist.
  public init(groups: Int, channels: Int, epsilon: Double = 1e-5, affine: Bool = true) {
    checkGroups(groups, channels, channels, in: "GroupNorm")
    self.groups = groups
    self.epsilon = epsilon
    weight = affine ? Parameter(Tensor.ones([channels], device: .cpu)) : nil
    bias = affine ? Parameter(Tensor.zeros([channels], device: .cpu)) : nil
  }

  /// `x` normalised; fails as operators do for another number of channels.
  public func callAsFunction(_ x: Tensor) -> Tensor {
    groupNorm(x, groups: groups, scale: weight?.value, shift: bias?.value, epsilon: epsilon)
  }

  /// The number of groups.
  public override var details: String { "\(groups) groups" }
}
