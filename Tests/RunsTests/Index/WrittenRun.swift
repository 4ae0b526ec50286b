import Foundation

/// A run folder written by hand, with what a list shows.
struct WrittenRun {
  var name: String
  var recipe = "vae"
  var status = "finished"
  var data = "digits"
  var seed: UInt64 = 0
  var start = "2026-11-20T10:00:00Z"
  var config: [String: String] = [:]
  var test: [String: Double] = [:]
  var validation: [[String: Double]] = []

  func write(in parent: String) throws {
    let folder = "\(parent)/\(name)"
    try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
    let record: [String: Any] = [
      "format": 1, "recipe": recipe, "config": config, "seed": seed, "status": status,
      "data": [
        "source": data, "fingerprint": "sha256:0", "trainingCount": 1, "validationCount": 1,
      ],
      "schema": ["kind": "vector", "exampleShape": [2]], "budget": "epochs=1", "version": "0.1.0",
      "libtorch": "2.13.0", "device": "cpu", "threads": 1, "commandLine": [String](),
      "seconds": 90.0, "start": start,
    ]
    try JSONSerialization.data(withJSONObject: record).write(
      to: URL(filePath: "\(folder)/run.json"))
    if !test.isEmpty {
      let metrics = test.mapValues { ["value": $0, "unit": "nat"] }
      try JSONSerialization.data(withJSONObject: ["metrics": metrics, "seed": 0])
        .write(to: URL(filePath: "\(folder)/evaluation.json"))
    }
    var log = Data()
    for (step, terms) in validation.enumerated() {
      for split in ["validation", "train"] {
        let numbers = terms.mapValues { ["value": split == "train" ? $0 - 1 : $0, "unit": "nat"] }
        log += try JSONSerialization.data(withJSONObject: [
          "step": step, "epoch": 1, "split": split, "terms": numbers,
        ])
        log += Data("\n".utf8)
      }
    }
    try (log + Data("{\"cut".utf8)).write(to: URL(filePath: "\(folder)/events.jsonl"))
  }
}

/// Thirty runs whose keys have numbers, texts and holes.
func thirtyRuns() -> [WrittenRun] {
  (0..<30).map { number in
    var run = WrittenRun(name: "run-\(100 + number)", seed: UInt64(number % 5))
    run.recipe = number % 3 == 0 ? "vae" : "iwae"
    run.status = ["finished", "failed", "running"][number % 3]
    run.start = "2026-11-\(10 + number % 7)T10:00:00Z"
    run.config = [
      "beta": number % 2 == 0 ? "4" : "0.5", "optimizer": number < 10 ? "adam" : "lion",
    ]
    if number % 4 != 0 { run.config["clip"] = number % 8 == 1 ? "none" : "\(number)" }
    if number % 5 != 0 { run.test = ["elbo": Double(-100 + number * 7 % 30)] }
    run.validation = (0..<3).map { ["elbo": Double(-200 + number + $0), "rate": 1.5] }
    return run
  }
}
