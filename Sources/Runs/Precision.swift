public import LatentCore
public import Torch

/// In what a training step multiplies.
public enum Precision: String, Sendable, CaseIterable {
  /// Everything in float32.
  case float32
  /// Products and convolutions in bfloat16 where LibTorch deems it safe; parameters, gradients,
  /// optimiser and averages stay float32, and what is held out is read in float32.
  case bfloat16

  /// Throws `DeviceError` if `device` has no kernels for this; `isSupported` is for tests.
  public func check(on device: Device, isSupported: (Device) -> Bool = \.supportsBFloat16) throws {
    guard self == .bfloat16, !isSupported(device) else { return }
    throw DeviceError(
      "precision=bfloat16: expected a device that multiplies in bfloat16, found \(device), "
        + "which does not",
      remedy: "use --set precision=float32, or another --device")
  }

  /// Runs the forward pass in this precision.
  package func scope<Result>(on device: Device, _ body: () throws -> Result) rethrows -> Result {
    self == .float32 ? try body() : try withAutocast(to: .bfloat16, on: device, body)
  }
}

extension Precision: ConfigValue {}

/// A device that cannot do what was asked for: what, and what to do.
public struct DeviceError: Error, CustomStringConvertible, Sendable {
  /// What was expected and found, in one line.
  public let problem: String
  /// What the user can do, in one line.
  public let remedy: String

  /// A problem and its remedy.
  public init(_ problem: String, remedy: String) {
    self.problem = problem
    self.remedy = remedy
  }

  /// The problem.
  public var description: String { problem }
}
