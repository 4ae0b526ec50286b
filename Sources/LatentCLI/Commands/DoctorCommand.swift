import LatentCore
import Parallel
import Report
import Runs
import Torch

/// `latent doctor`.
struct DoctorCommand: Command {
  static let summary = CommandSummary(
    "doctor", "Show what is installed and loaded, and check that tensors and gradients work.")

  @OptionGroup("Place") var place: DeviceOptions

  func run(_ console: Console) throws {
    try place.withDevice {
      var facts: [(name: String, value: String)] = [
        ("swift-latent", PackageIdentity.version),
        ("commit", PackageIdentity.commit ?? "unknown"),
        ("LibTorch", TorchRuntime.version),
        ("threads", "\(TorchRuntime.threads)"),
        ("kernels", TorchRuntime.kernels),
        ("CUDA devices", "\(Device.count(of: .cuda))"),
        ("NCCL", (try? NCCLLibrary.find())?.version ?? "none"),
        ("Metal", Device.count(of: .mps) > 0 ? "yes" : "no"),
        ("chart library", ChartLibrary.find() == nil ? "missing: bin/setup" : "found"),
      ]
      facts += TorchRuntime.loadedLibraries.map { ("library", $0) }
      for (name, value) in facts { console.print("\(name): \(value)") }
      try check()
      console.print("tensors and gradients: right")
      var document = JSONObject()
      for (name, value) in facts where name != "library" { document[name] = .string(value) }
      document["libraries"] = .array(TorchRuntime.loadedLibraries.map { .string($0) })
      console.report(document)
    }
  }

  /// d/dx Σ x² at (1, 2, 3) is (2, 4, 6).
  private func check() throws {
    let slope = try withTorchErrors {
      gradient(at: Tensor([1.0, 2.0, 3.0])) { squared($0).sum() }.scalars(as: Double.self)
    }
    guard slope == [2, 4, 6] else {
      throw CommandError.environment(
        "the gradient of a sum of squares came out as \(slope)",
        remedy: "remove .deps and .torch, and run bin/setup")
    }
  }
}
