import Datasets
import Foundation
import Testing
import Torch

/// Records an issue unless every mutation of `bytes` is read or refused with a `FileError` that
/// names the file in one line.
///
/// A mutation flips, sets, removes or repeats a few bytes, preferably near the head, or cuts the
/// end off. Reading that crashes or never ends fails the whole run. `LATENT_MUTATIONS=20` in the
/// environment asks for twenty times as many, from other seeds for each factor.
func expectOnlyRefusals(
  mutating bytes: [UInt8], count: Int, sourceLocation: SourceLocation = #_sourceLocation,
  _ read: ([UInt8]) throws -> Any
) {
  let text = ProcessInfo.processInfo.environment["LATENT_MUTATIONS"] ?? ""
  let factor = UInt64(text) ?? 1
  var random = SplitMix64(state: factor)
  for number in 0..<count * Int(factor) {
    let changed = mutated(bytes, using: &random)
    do {
      _ = try read(changed)
    } catch let error as FileError {
      let isPlain = (error.problem + error.remedy).unicodeScalars.allSatisfy { $0.value >= 32 }
      if error.path.isEmpty || error.problem.isEmpty || !isPlain {
        Issue.record("mutation \(number): \(error)", sourceLocation: sourceLocation)
      }
    } catch {
      Issue.record("mutation \(number) threw \(error)", sourceLocation: sourceLocation)
    }
  }
}

private func mutated(_ bytes: [UInt8], using random: inout SplitMix64) -> [UInt8] {
  var result = bytes
  for _ in 0..<Int.random(in: 1...4, using: &random) where !result.isEmpty {
    let reach = Bool.random(using: &random) ? min(result.count, 64) : result.count
    let place = Int.random(in: 0..<reach, using: &random)
    switch Int.random(in: 0..<6, using: &random) {
    case 0: result[place] ^= 1 << UInt8.random(in: 0..<8, using: &random)
    case 1: result[place] = UInt8.random(in: 0...255, using: &random)
    case 2: result[place] = [0, 1, 0x7F, 0x80, 0xFF].randomElement(using: &random) ?? 0
    case 3: result.remove(at: place)
    case 4: result.insert(result[place], at: place)
    default: result.removeSubrange(Int.random(in: 0..<result.count, using: &random)...)
    }
  }
  return result
}
