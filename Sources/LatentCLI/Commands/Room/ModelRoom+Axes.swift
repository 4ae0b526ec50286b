import Datasets
import LatentCore
import Runs
import Torch

extension ModelRoom {
  /// The codes' axes over the first 1,024 test examples, the most active first, and a code to begin at.
  ///
  /// `{"codeShape", "discrete", "words", "start", "measure", "unit", "axes": [{"index", "activity", "kl", "mean", "deviation"}]}`; `kl` is null where the activity is a variance.
  /// Codes of another form than vectors are laid flat; at most 256 axes are told.
  func axes() throws -> JSONObject {
    let data = try examples(nil)
    let some = try data.batch(Array(0..<min(1024, data.count))).examples.to(Device.current)
    let codes = try codes()
    guard method is any Decodes else {
      throw CommandError.usage(
        "recipe \(used.opened.recipe.name) cannot decode", remedy: "use a run of another recipe")
    }
    var answer: JSONObject = [
      "codeShape": .array(codes.shape.map { .int($0) }), "discrete": .bool(codes.isDiscrete),
      "words": codes.words.map { .int($0) } ?? .null,
    ]
    let found = used.compute { codes.encoder.encode(some) }
    guard !codes.isDiscrete else {
      answer["start"] = codes.lists(found[0..<1]).elements?.first
      answer["axes"] = []
      return answer
    }
    let flat = found.reshaped([found.size(0), codes.size])
    let activity = used.compute { CodeActivity(of: codes.encoder, on: some, codes: flat) }
    let mean = flat.mean(dim: 0).scalars(as: Double.self)
    let deviation = flat.standardDeviation(dims: [0], correction: 0).scalars(as: Double.self)
    answer["measure"] = .string(activity.measure.rawValue)
    answer["unit"] = .string(activity.unit)
    answer["start"] = .array(mean.map { .double(RoomCodes.short($0)) })
    answer["axes"] = .array(
      activity.order.prefix(256).map { axis in
        [
          "index": .int(axis), "activity": .double(activity.values[axis]),
          "kl": activity.measure == .rate ? .double(activity.values[axis]) : .null,
          "mean": .double(mean[axis]), "deviation": .double(deviation[axis]),
        ]
      })
    answer["command"] = command("traverse", path)
    return answer
  }

  /// What codes decode to: `{"pictures": […], "shape", "ms"}`, or `series`, `texts`, `vectors`.
  func decode(_ question: RoomQuestion) throws -> JSONObject {
    let begin = ContinuousClock.now
    let codes = try codes()
    let rows = try question.codes("codes", size: codes.size)
    var answer = try shown(try decoded(codes.tensor(rows)))
    let passed = begin.duration(to: .now).components
    answer["ms"] = .double(
      (Double(passed.seconds) * 1e3 + Double(passed.attoseconds) * 1e-15).rounded(toPlaces: 3))
    answer["command"] = command("decode", path, "--codes", "codes.npy", "--out", "decoded.png")
    return answer
  }

  /// Codes `[n] + shape` decoded; throws `CommandError` for a method that cannot.
  func decoded(_ codes: Tensor) throws -> Tensor {
    try used.decode(codes, by: try used.method(as: (any Decodes).self, to: "decode"), size: 64)
  }
}

extension Double {
  fileprivate func rounded(toPlaces places: Int) -> Double {
    Double(NumberText.fixed(self, decimals: places)) ?? self
  }
}
