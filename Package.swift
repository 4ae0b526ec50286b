// swift-tools-version: 6.1
import PackageDescription

// LibTorch is found through the symlink `.torch` in this folder, which `bin/setup` makes. The
// manifest reads nothing, because SwiftPM caches its evaluation.
let torchLibraries = "\(Context.packageDirectory)/.torch/lib"

let swift: [SwiftSetting] = [
  .enableUpcomingFeature("ExistentialAny"),
  .enableUpcomingFeature("MemberImportVisibility"),
  .enableUpcomingFeature("InternalImportsByDefault"),
]

func room(_ name: String, _ dependencies: [Target.Dependency]) -> Target {
  .target(name: name, dependencies: dependencies, swiftSettings: swift)
}

func tests(_ name: String, _ dependencies: [Target.Dependency] = []) -> Target {
  .testTarget(
    name: "\(name)Tests",
    dependencies: [.target(name: name), "_TestSupport"] + dependencies,
    exclude: ["Goldens"],
    swiftSettings: swift)
}

let package = Package(
  name: "swift-latent",
  platforms: [.macOS(.v15)],
  products: [
    .library(name: "Latent", targets: ["Latent"]),
    .executable(name: "latent", targets: ["LatentMain"]),
  ],
  targets: [
    .target(
      name: "CTorch",
      publicHeadersPath: "include",
      cxxSettings: [
        .headerSearchPath("../../.torch/include"),
        .headerSearchPath("../../.torch/include/torch/csrc/api/include"),
        // clang 18 and later mangle some of ATen's templates otherwise than the compiler of the
        // wheels did; -Wno-everything keeps LibTorch's own headers quiet.
        .unsafeFlags(["-fvisibility=hidden", "-fclang-abi-compat=17", "-w"]),
      ],
      linkerSettings: [
        .unsafeFlags(["-L\(torchLibraries)", "-Xlinker", "-rpath", "-Xlinker", torchLibraries]),
        .linkedLibrary("torch_cpu"),
        .linkedLibrary("c10"),
      ]),
    .systemLibrary(
      name: "CZlib", providers: [.apt(["zlib1g-dev"]), .brew(["zlib"])]),
    room("TorchRaw", ["CTorch"]),
    room("Torch", ["CTorch", "CZlib", "TorchRaw"]),
    room("LatentNN", ["Torch", "TorchRaw"]),
    room("LatentLearning", ["LatentNN", "Torch", "TorchRaw"]),
    room("Distributions", ["Torch", "TorchRaw"]),
    .systemLibrary(
      name: "CCrypto", pkgConfig: "libcrypto",
      providers: [.apt(["libssl-dev"]), .brew(["openssl"])]),
    room("Datasets", ["CCrypto", "Torch"]),
    room(
      "LatentCore",
      ["Datasets", "Distributions", "LatentLearning", "LatentNN", "Torch"]),
    room("LatentModels", ["Datasets", "Distributions", "LatentCore", "LatentNN", "Torch"]),
    room("Evaluation", ["Datasets", "LatentCore", "LatentNN", "Torch"]),
    .target(name: "Catalogue", exclude: ["papers.json"], swiftSettings: swift),
    room(
      "Runs",
      ["Datasets", "LatentCore", "LatentLearning", "LatentNN", "Torch"]),
    .systemLibrary(
      name: "CPNG", pkgConfig: "libpng",
      providers: [.apt(["libpng-dev"]), .brew(["libpng"])]),
    room("Report", ["CPNG", "Torch"]),
    room(
      "LatentCLI",
      [
        "Catalogue", "Datasets", "Evaluation", "LatentCore", "LatentLearning", "LatentModels",
        "LatentNN", "Report", "Runs", "Torch",
      ]),
    room(
      "Latent",
      [
        "Catalogue", "Datasets", "Distributions", "Evaluation", "LatentCore", "LatentLearning",
        "LatentModels", "LatentNN", "Report", "Runs", "Torch",
      ]),
    .executableTarget(name: "LatentMain", dependencies: ["LatentCLI", "LatentModels", "LatentCore", "LatentLearning", "LatentNN", "Torch", "Datasets"], swiftSettings: swift),
    .executableTarget(
      name: "TrainVAE", dependencies: ["Latent"], path: "Examples/TrainVAE", swiftSettings: swift),
    room("_TestSupport", ["Torch", "TorchRaw"]),
    tests("TorchRaw"),
    tests("Torch"),
    tests("LatentNN", ["Torch"]),
    tests("LatentLearning", ["LatentNN", "Torch"]),
    tests("Distributions", ["Torch"]),
    tests("Datasets", ["Torch"]),
    tests("Report", ["Torch"]),
    tests("LatentCLI"),
  ],
  swiftLanguageModes: [.v6],
  cxxLanguageStandard: .cxx20
)
