import Testing
import Torch
import _TestSupport

/// The results of one family in `Goldens/operators.safetensors`, each to be compared once.
struct RecordedFamily {
  private let file: Safetensors
  private let name: String
  private var compared: Set<String> = []

  init(_ name: String) throws {
    file = try goldens("operators")
    self.name = name
  }

  /// A recorded input.
  func input(_ name: String) throws -> Tensor {
    try #require(file.tensors["in/\(name)"], "\(name)")
  }

  /// The versions that made the file, and texts.
  var metadata: [String: String] { file.metadata }

  /// Compares `actual` with the recorded result `key`.
  mutating func check(
    _ key: String, _ actual: Tensor, relative: Double? = nil, absolute: Double? = nil,
    sourceLocation: SourceLocation = #_sourceLocation
  ) {
    compared.insert(key)
    guard let expected = file.tensors["\(name)/\(key)"] else {
      Issue.record("nothing is recorded for '\(key)'", sourceLocation: sourceLocation)
      return
    }
    let plain = actual.isDefined && actual.dtype == .complex128 ? actual.asReal : actual
    expectClose(
      plain, expected, relative: relative, absolute: absolute, key, sourceLocation: sourceLocation)
  }

  /// Records an issue for each recorded result that nothing was compared with.
  func finish(sourceLocation: SourceLocation = #_sourceLocation) {
    let all = file.tensors.keys.filter { $0.hasPrefix("\(name)/") }
    let left = Set(all.map { String($0.dropFirst(name.count + 1)) }).subtracting(compared)
    #expect(left.isEmpty, "recorded but not compared", sourceLocation: sourceLocation)
  }
}
