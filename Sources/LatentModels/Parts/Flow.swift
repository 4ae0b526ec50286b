public import Distributions
public import LatentCore
public import LatentNN
public import Torch

/// Which maps a flow is made of.
public enum FlowKind: String, Sendable, CaseIterable, ConfigValue {
  /// Each map stretches space across one hyperplane.
  case planar
  /// Each map pulls or pushes around one point.
  case radial
  /// Affine coupling layers.
  case realnvp
  /// Masked autoregressive: one pass for a density, as many as dimensions for a sample.
  case maf
  /// Inverse autoregressive: one pass for a sample, as many as dimensions for a density.
  case iaf
  /// Coupling layers of rational quadratic splines.
  case spline
  /// Masked autoregressive layers of rational quadratic splines.
  case splineAutoregressive = "spline-autoregressive"
}

/// Invertible maps one after the other, from simple noise to what is to be described.
public final class Flow: Module {
  /// The maps in the order of `forward`.
  public let steps: [any FlowStep]

  /// A flow of these maps.
  public init(_ steps: [any FlowStep]) { self.steps = steps }

  /// `count` maps of one kind on vectors of `size`, with a context of `context` numbers or none.
  ///
  /// Networks have hidden layers of the widths `hidden`; splines 8 bins in ±5. Coupling layers keep the
  /// halves in turn, autoregressive ones see the elements in both orders in turn.
  public convenience init(
    _ kind: FlowKind, count: Int, size: Int, hidden: [Int] = [64], context: Int = 0,
    using generator: Generator
  ) {
    let spline = ElementwiseFamily.spline(bins: 8, bound: 5)
    func coupling(_ index: Int, _ family: ElementwiseFamily) -> any FlowStep {
      CouplingStep(
        size, keepsFirst: index.isMultiple(of: 2), family: family, hidden: hidden,
        context: context, using: generator)
    }
    func autoregressive(_ family: ElementwiseFamily, isInverted: Bool) -> any FlowStep {
      AutoregressiveStep(
        size, family: family, hidden: hidden, isInverted: isInverted, context: context,
        using: generator)
    }
    self.init(
      (0..<count).map { index in
        switch kind {
        case .planar: PlanarStep(size, context: context, using: generator)
        case .radial: RadialStep(size, context: context, using: generator)
        case .realnvp: coupling(index, .affine)
        case .spline: coupling(index, spline)
        case .maf: autoregressive(.affine, isInverted: true)
        case .iaf: autoregressive(.gated, isInverted: false)
        case .splineAutoregressive: autoregressive(spline, isInverted: true)
        }
      })
  }

  /// All maps as one, with these numbers; `context` `[…, features]` if the flow has one.
  public func bijector(context: Tensor? = nil) -> ChainBijector {
    ChainBijector(steps.map { $0.bijector(context: context) })
  }
}
