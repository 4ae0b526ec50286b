import LatentCore
import Runs

/// A training as a JSON5 file that `latent train` takes: everything that decides its result.
struct TrainingFile {
  private let request: TrainingRequest
  private let device: String
  private let threads: Int

  /// The training that a request means on a device.
  init(_ request: TrainingRequest, device: String, threads: Int) {
    self.request = request
    self.device = device
    self.threads = threads
  }

  /// The members by the names of the options.
  var json: JSONObject {
    var object: JSONObject = [
      "recipe": .string(request.recipe.name), "data": .string(request.source),
      "seed": .int(Int(clamping: request.seed)),
    ]
    let budget = request.effectiveBudget.argument
    object[budget.name] = budget.value
    object["device"] = .string(device)
    object["threads"] = .int(threads)
    object["set"] = .object(request.config.json)
    return object
  }

  /// The file's text, each setting with what it does.
  var text: String {
    var lines = ["// Train it with: latent train FILE.json5", "{"]
    for member in json.members {
      guard case .object(let settings) = member.value else {
        lines.append("  \(Self.name(member.name)): \(member.value.text(.compact)),")
        continue
      }
      lines.append("  \(Self.name(member.name)): {")
      for setting in settings.members {
        let field = request.config.schema[setting.name]
        let unit = field?.unit.map { " [\($0)]" } ?? ""
        lines.append("    // \(field?.help ?? "")\(unit)")
        lines.append("    \(Self.name(setting.name)): \(setting.value.text(.compact)),")
      }
      lines.append("  },")
    }
    return (lines + ["}"]).joined(separator: "\n")
  }

  /// A name as JSON5 wants it: in quotes unless it is an identifier.
  private static func name(_ name: String) -> String {
    let isPlain = name.allSatisfy { $0.isASCII && ($0.isLetter || $0.isNumber || $0 == "_") }
    return isPlain && name.first?.isLetter == true ? name : JSONValue.string(name).text(.compact)
  }
}
