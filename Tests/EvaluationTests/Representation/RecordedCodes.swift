import Evaluation
import Foundation
import Testing
import Torch
import _TestSupport

/// Codes with labels and their recorded scores.
struct RecordedCodes {
  private let file: Safetensors

  init() throws {
    let folder = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
    file = try Safetensors(path: folder.path + "/Goldens/representation.safetensors")
  }

  func tensor(_ name: String) throws -> Tensor { try #require(file.tensors[name]) }

  func number(_ name: String) throws -> Double { try tensor(name).item() }

  func all() throws -> LabelledCodes {
    try LabelledCodes(codes: tensor("codes"), labels: tensor("labels"))
  }

  func part(_ rows: Range<Int>) throws -> LabelledCodes {
    try all().selected(Tensor(Array(rows)))
  }

  var train: LabelledCodes { get throws { try part(0..<300) } }
  var validation: LabelledCodes { get throws { try part(300..<450) } }
  var test: LabelledCodes { get throws { try part(450..<600) } }
}

/// Random normal numbers in float64.
func normal(_ shape: [Int], seed: UInt64) -> Tensor {
  .randn(shape, using: Generator(seed: seed), dtype: .float64)
}

/// Records an issue unless `body` throws a `MetricError` whose problem contains `reason`.
func expectRefusal(
  _ reason: String, sourceLocation: SourceLocation = #_sourceLocation,
  _ body: () throws -> Void
) {
  #expect(sourceLocation: sourceLocation) {
    try body()
  } throws: {
    guard let error = $0 as? MetricError else { return false }
    return error.problem.contains(reason) && !error.remedy.isEmpty
  }
}
