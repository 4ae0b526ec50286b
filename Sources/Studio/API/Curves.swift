import FoundationEssentials
import LatentCore
import Report
import Runs

/// The log of a run as curves, one a term and split.
struct Curves {
  private struct Curve {
    var unit: String
    var steps: [Int] = []
    var values: [Double] = []
  }

  /// The most bytes of a log that are read, its end.
  private static let reach = 256 << 20
  private var curves: [String: Curve] = [:]
  private let points: Int

  /// Reads a log; lines that are no events are left out.
  init(_ file: OpenFile, points: Int) {
    self.points = points
    let decoder = JSONDecoder()
    let bytes = file.tail(Self.reach)
    for line in bytes.split(separator: 0x0A) {
      guard let event = try? decoder.decode(Event.self, from: Data(line)) else { continue }
      for (name, quantity) in event.terms {
        let key = "\(event.split)/\(name)"
        curves[key, default: Curve(unit: quantity.unit)].steps.append(event.step)
        curves[key]?.values.append(quantity.value)
      }
    }
  }

  /// `{"terms": {"train/elbo": {"unit", "split", "steps", "values"}}}`, each of at most `points` points.
  var json: JSONValue {
    var terms = JSONObject()
    for (key, curve) in curves.sorted(by: { $0.key < $1.key }) {
      let kept = Reduction.places(of: curve.values, limit: points)
      terms[key] = [
        "unit": .string(curve.unit), "split": .string(String(key.prefix { $0 != "/" })),
        "steps": .array(kept.map { .int(curve.steps[$0]) }),
        "values": .array(kept.map { .double(curve.values[$0]) }),
      ]
    }
    return ["terms": .object(terms)]
  }
}
