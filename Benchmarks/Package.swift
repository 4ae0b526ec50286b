// swift-tools-version: 6.1
import PackageDescription

// Measures the library from outside, as a user's package sees it. `compare_losses.py` and `grammar.py` build and run it;
// `latent bench` measures beside other frameworks.
let package = Package(
  name: "latent-benchmarks",
  platforms: [.macOS(.v15)],
  dependencies: [.package(name: "swift-latent", path: "..")],
  targets: [
    .executableTarget(
      name: "vae-losses",
      dependencies: [.product(name: "Latent", package: "swift-latent")],
      path: "Sources/VAELosses"),
    .executableTarget(
      name: "grammar-step",
      dependencies: [.product(name: "Latent", package: "swift-latent")],
      path: "Sources/GrammarStep"),
  ],
  swiftLanguageModes: [.v6]
)
