// swift-tools-version: 6.1
import PackageDescription

// Measures the library from outside, as a user's package sees it. `python compare.py` builds and runs it.
let package = Package(
  name: "latent-benchmarks",
  platforms: [.macOS(.v15)],
  dependencies: [.package(name: "swift-latent", path: "..")],
  targets: [
    .executableTarget(
      name: "vae-step",
      dependencies: [.product(name: "Latent", package: "swift-latent")],
      path: "Sources/VAEStep")
  ],
  swiftLanguageModes: [.v6]
)
