public import Torch

/// The recorded values beside a test file: `Goldens/<name>.safetensors`.
public func goldens(_ name: String, beside file: String = #filePath) throws -> Safetensors {
  let folder = file.split(separator: "/").dropLast().joined(separator: "/")
  return try Safetensors(path: "/\(folder)/Goldens/\(name).safetensors")
}
