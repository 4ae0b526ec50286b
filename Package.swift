// swift-tools-version: 6.1
import PackageDescription

// LibTorch is found through the symlink `.torch` in this folder, which `bin/setup` makes. The
// manifest reads nothing, because SwiftPM caches its evaluation.
let torchLibraries = "\(Context.packageDirectory)/.torch/lib"

let swift: [SwiftSetting] = [
  .enableUpcomingFeature("ExistentialAny"),
  .enableUpcomingFeature("MemberImportVisibility"),
  .enableUpcomingFeature("InternalImportsByDefault"),
  // The tests run on the release build, which is what ships, and some of them look inside.
  .unsafeFlags(["-enable-testing"]),
]

let libTorch: [CXXSetting] = [
  .headerSearchPath("../../.torch/include"),
  .headerSearchPath("../../.torch/include/torch/csrc/api/include"),
  // clang 18 and later mangle some of ATen's templates otherwise than the compiler of the
  // wheels did; -Wno-everything keeps LibTorch's own headers quiet.
  .unsafeFlags(["-fvisibility=hidden", "-fclang-abi-compat=17", "-w"]),
]

func room(
  _ name: String, _ dependencies: [Target.Dependency], exclude: [String] = [],
  resources: [Resource] = []
) -> Target {
  .target(
    name: name, dependencies: dependencies, exclude: exclude, resources: resources,
    swiftSettings: swift)
}

/// A C library of the system; Linux finds it by itself, Homebrew needs pkg-config.
func system(_ name: String, apt: String, brew: String, module: String) -> Target {
  #if os(Linux)
    let pkgConfig: String? = nil
  #else
    let pkgConfig: String? = module
  #endif
  return .systemLibrary(
    name: name, pkgConfig: pkgConfig, providers: [.apt([apt]), .brew([brew])])
}

func tests(_ name: String, _ dependencies: [Target.Dependency] = []) -> Target {
  .testTarget(
    name: "\(name)Tests",
    dependencies: [.target(name: name), "_TestSupport"] + dependencies,
    exclude: ["Goldens"],
    swiftSettings: swift)
}

// What `import Latent` brings.
let reexported: [Target.Dependency] = [
  "Catalogue", "Datasets", "Distributions", "Evaluation", "LatentCore", "LatentLearning",
  "LatentModels", "LatentNN", "Parallel", "Report", "Reproductions", "Runs", "Torch",
]

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
      cxxSettings: libTorch,
      linkerSettings: [
        .unsafeFlags(["-L\(torchLibraries)", "-Xlinker", "-rpath", "-Xlinker", torchLibraries]),
        .linkedLibrary("torch_cpu"),
        .linkedLibrary("c10"),
      ]),
    .target(
      name: "CGraphRecorder",
      publicHeadersPath: "include",
      cxxSettings: libTorch),
    .target(name: "CAllocationMeter"),
    system("CArchive", apt: "libarchive-dev", brew: "libarchive", module: "libarchive"),
    system("CCrypto", apt: "libssl-dev", brew: "openssl@3", module: "libcrypto"),
    system("CGIF", apt: "libgif-dev", brew: "giflib", module: "gif"),
    system("CISAL", apt: "libisal-dev", brew: "isa-l", module: "libisal"),
    system("CMicroHTTPD", apt: "libmicrohttpd-dev", brew: "libmicrohttpd", module: "libmicrohttpd"),
    system("CPNG", apt: "libpng-dev", brew: "libpng", module: "libpng"),
    system("CSQLite", apt: "libsqlite3-dev", brew: "sqlite", module: "sqlite3"),
    system("CTurboJPEG", apt: "libturbojpeg0-dev", brew: "jpeg-turbo", module: "libturbojpeg"),
    system("CZlib", apt: "zlib1g-dev", brew: "zlib", module: "zlib"),
    // Declarations alone: the library is loaded at run time where there is one.
    .systemLibrary(name: "CNCCL"),
    room("TorchRaw", ["CTorch"]),
    room("Torch", ["CISAL", "CTorch", "CZlib", "TorchRaw"]),
    room("LatentNN", ["Torch", "TorchRaw"]),
    room("LatentLearning", ["LatentNN", "Torch", "TorchRaw"]),
    room("Distributions", ["Torch", "TorchRaw"]),
    room("Parallel", ["CNCCL", "Torch"]),
    room(
      "Datasets", ["CCrypto", "CPNG", "CTurboJPEG", "Torch"],
      exclude: ["KnownSets/README.md"]),
    room("LatentCore", ["Datasets", "Distributions", "LatentLearning", "LatentNN", "Torch"]),
    room(
      "LatentModels",
      ["Datasets", "Distributions", "LatentCore", "LatentLearning", "LatentNN", "Torch"]),
    room(
      "Evaluation",
      ["Datasets", "Distributions", "LatentCore", "LatentLearning", "LatentNN", "Torch"]),
    room("Catalogue", [], exclude: ["papers.json"]),
    room(
      "Runs",
      [
        "CArchive", "CSQLite", "Datasets", "LatentCore", "LatentLearning", "LatentNN", "Parallel",
        "Torch",
      ]),
    room(
      "Report",
      [
        "CGIF", "CPNG", "Datasets", "Distributions", "Evaluation", "LatentCore", "LatentNN", "Runs",
        "Torch",
      ],
      resources: [
        .embedInCode("Page/palette.css"), .embedInCode("Page/report.css"),
        .embedInCode("Page/report.js"),
      ]),
    room(
      "Reproductions",
      [
        "Catalogue", "Datasets", "Distributions", "Evaluation", "LatentCore", "LatentLearning",
        "LatentModels", "LatentNN", "Runs", "Torch",
      ]),
    room(
      "Bench",
      [
        "CZlib", "Datasets", "LatentCore", "LatentLearning", "LatentModels", "LatentNN", "Runs",
        "Torch",
      ]),
    room(
      "Studio", ["CMicroHTTPD", "Datasets", "LatentCore", "Report", "Runs", "Torch"],
      resources: [.embedInCode("Pages")]),
    room(
      "LatentCLI",
      [
        "Bench", "Catalogue", "Datasets", "Evaluation", "LatentCore", "LatentLearning",
        "LatentModels", "LatentNN", "Parallel", "Report", "Reproductions", "Runs", "Studio",
        "Torch",
      ]),
    room("Latent", reexported),
    .executableTarget(
      name: "LatentMain", dependencies: ["LatentCLI"], swiftSettings: swift),
    .executableTarget(
      name: "Fuzz",
      dependencies: [
        "CAllocationMeter", "CZlib", "Datasets", "LatentCore", "LatentModels", "LatentNN", "Runs",
        "Torch",
      ],
      swiftSettings: swift),
    .executableTarget(
      // Named one by one too: a change behind a re-export alone would not compile the example again.
      name: "TrainVAE", dependencies: ["Latent"] + reexported, path: "Examples/TrainVAE",
      swiftSettings: swift),
    .executableTarget(
      name: "RenyiBound", dependencies: ["Latent"] + reexported, path: "Examples/RenyiBound",
      swiftSettings: swift),
    room("_TestSupport", ["CGraphRecorder", "Torch", "TorchRaw"]),
    tests("TorchRaw"),
    tests("Torch", ["TorchRaw"]),
    tests("LatentNN", ["LatentLearning", "Torch"]),
    tests("LatentLearning", ["LatentNN", "Torch"]),
    tests("Distributions", ["Torch"]),
    tests("Parallel", ["Torch"]),
    tests("Datasets", ["Torch"]),
    tests("Report", ["CGIF", "Torch"]),
    tests("LatentModels", ["Datasets", "Distributions", "LatentCore", "LatentNN", "Torch"]),
    tests(
      "Evaluation",
      [
        "Datasets", "Distributions", "LatentCore", "LatentLearning", "LatentModels", "LatentNN",
        "Runs", "Torch",
      ]),
    tests("Catalogue"),
    tests(
      "Runs",
      [
        "Datasets", "LatentCore", "LatentLearning", "LatentModels", "LatentNN", "Parallel", "Torch",
      ]),
    tests("Reproductions", ["Catalogue", "Distributions", "LatentCore", "LatentNN", "Torch"]),
    tests("Fuzz", ["Torch"]),
    tests("Bench", ["LatentCore", "LatentModels", "Torch"]),
    tests("Studio", ["LatentCore", "Report", "Runs", "Torch"]),
    tests("LatentCore", ["Torch"]),
    tests("LatentCLI", ["Catalogue", "Evaluation", "LatentCore", "LatentModels", "Runs", "Torch"]),
  ],
  swiftLanguageModes: [.v6],
  cxxLanguageStandard: .cxx20
)
