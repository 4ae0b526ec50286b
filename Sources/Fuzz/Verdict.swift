import Datasets
import LatentCore
import LatentNN
import Runs
import Torch

/// What is right about the way in which a file was read or refused.
enum Verdict: Equatable {
  /// It was read.
  case accepted
  /// It was refused as users may expect.
  case refused
  /// Something is wrong.
  case fault(String)

  /// Seconds that a file may take.
  static let secondLimit = 2.0

  /// Bytes on the heap that a file of `size` bytes may cost.
  static func byteLimit(_ size: Int) -> Int { 4 * size + 64 << 20 }

  /// Reads a file and judges.
  static func of(_ read: (String) throws -> Void, _ path: String) -> Verdict {
    do {
      try read(path)
      return .accepted
    } catch {
      guard let (message, remedy) = texts(error) else {
        return .fault("threw \(type(of: error)): \(error)")
      }
      let name = path.split(separator: "/").last.map(String.init) ?? path
      let isPlain = (message + remedy).unicodeScalars.allSatisfy { $0.value >= 32 }
      guard isPlain, !remedy.isEmpty else { return .fault("the message is not plain: \(error)") }
      guard message.contains(name), message.contains(": ") else {
        return .fault("the message names no file: \(message)")
      }
      return .refused
    }
  }

  /// The two lines of an error that users may see; nil for others.
  private static func texts(_ error: any Error) -> (String, String)? {
    switch error {
    case let error as FileError: ("\(error)", error.remedy)
    case let error as DatasetError: ("\(error)", error.remedy)
    default: nil
    }
  }
}
