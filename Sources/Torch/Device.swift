import CTorch
import TorchRaw

/// Where a tensor lives and its operations run.
///
/// Two devices are equal when kind and index are. PyTorch: `torch.device`.
public struct Device: Hashable, Sendable, CustomStringConvertible {
  /// The kinds of device that LibTorch can run on here.
  public enum Kind: Int32, Sendable, CaseIterable {
    /// The processor.
    case cpu = 0
    /// An NVIDIA graphics processor.
    case cuda = 1
    /// Apple's Metal.
    case mps = 13
    /// No memory at all: tensors have a shape and a type, and no numbers.
    case meta = 14
  }

  /// What sort of device.
  public let kind: Kind
  /// Which of several; 0 for the CPU.
  public let index: Int

  init(kind: Kind, index: Int) {
    self.kind = kind
    self.index = index
  }

  /// The processor.
  public static let cpu = Device(kind: .cpu, index: 0)
  /// Apple's Metal device.
  public static let mps = Device(kind: .mps, index: 0)
  /// Where operations give shapes and types at no cost; a number that is read fails. PyTorch: `meta`.
  public static let meta = Device(kind: .meta, index: 0)
  /// The NVIDIA device with this index.
  public static func cuda(_ index: Int = 0) -> Device { Device(kind: .cuda, index: index) }

  /// The device that factories use: the innermost `withDevice`'s, or the CPU.
  public static var current: Device { DeviceScope.device }

  /// How many devices of a kind can be used; 0 where LibTorch or the driver lacks it.
  public static func count(of kind: Kind) -> Int { Int(ct_device_count(kind.rawValue)) }

  /// Whether LibTorch multiplies in bfloat16 by kernels made for it here.
  ///
  /// On the CPU oneDNN's own test (AVX-512, or bfloat16 on Arm), on CUDA compute capability 8.0 or
  /// above with cuDNN, on Metal macOS 14 or above.
  public var supportsBFloat16: Bool { ct_supports_bfloat16(kind.rawValue) }

  /// Reads `cpu`, `cuda`, `cuda:1` or `mps`; nil for anything else.
  public init?(_ name: String) {
    let parts = name.split(separator: ":", omittingEmptySubsequences: false)
    guard let first = parts.first, parts.count <= 2 else { return nil }
    let index = parts.count == 2 ? Int(parts[1]) : 0
    guard let index, index >= 0, index < 64 else { return nil }
    switch first {
    case "cpu" where index == 0: self = .cpu
    case "cuda": self = .cuda(index)
    case "mps" where index == 0: self = .mps
    default: return nil
    }
  }

  /// `cpu`, `cuda:0` or `mps`.
  public var description: String {
    switch kind {
    case .cpu: "cpu"
    case .cuda: "cuda:\(index)"
    case .mps: "mps"
    case .meta: "meta"
    }
  }

  var argument: Argument {
    .device(kind: kind.rawValue, index: kind == .cuda ? Int32(index) : -1)
  }
}

enum DeviceScope {
  @TaskLocal static var device = Device.cpu
}

/// Runs `body` with `device` as the default of factories such as `Tensor.zeros`.
public func withDevice<Result>(_ device: Device, _ body: () throws -> Result) rethrows -> Result {
  try DeviceScope.$device.withValue(device, operation: body)
}

/// LibTorch's modes belong to a thread, and an asynchronous body may change threads.
@available(*, unavailable, message: "the body must be synchronous: it may not change threads")
public func withDevice<Result>(
  _ device: Device, _ body: () async throws -> Result
) async rethrows -> Result { try await body() }
