import Torch

/// Files with several named arrays (NPZ, safetensors) as data sets.
///
/// Examples are the array that the option `examples=` names, else the first of examples, x, images,
/// imgs, data, x_train and arr_0 that is there, else the only one; labels (`labels=`: labels, label,
/// y, targets, y_train) and factors (`factors=`: factors, latents_classes) likewise, if they are
/// there. Arrays x_test and y_test are the test part.
enum ArchiveSource {
  static func splits(
    _ path: String, _ arrays: [String: Tensor], _ options: inout SourceOptions, plan: SplitPlan
  ) throws -> DatasetSplits {
    let picked = try pick(arrays, &options, path)
    let whole = try ArraySource.dataset(
      picked.examples, labels: picked.labels, factors: picked.factors, path: path, &options)
    try options.finish()
    guard let held = arrays["x_test"], picked.name == "x_train" else {
      return try plan.divide(whole)
    }
    let labels = picked.labels == nil ? nil : arrays["y_test"]
    var kind = SourceOptions(
      source: path, values: ["kind": whole.schema.kind.isImage ? "image" : "vector"])
    let test = try ArraySource.dataset(held, labels: labels, factors: nil, path: path, &kind)
    guard test.schema.exampleShape == whole.schema.exampleShape else {
      throw ArraySource.bad(
        path,
        "x_test: expected examples \(whole.schema.exampleShape), found \(test.schema.exampleShape)")
    }
    return try plan.divide(whole) { test }
  }

  private static func pick(
    _ arrays: [String: Tensor], _ options: inout SourceOptions, _ path: String
  ) throws -> (name: String, examples: Tensor, labels: Tensor?, factors: Tensor?) {
    let usual = ["examples", "x", "images", "imgs", "data", "x_train", "arr_0"]
    let only = arrays.count == 1 ? Array(arrays.keys) : []
    guard let examples = try find("examples", usual + only, arrays, &options, path) else {
      throw ArraySource.bad(
        path, "expected the option examples to name one of its arrays: \(list(arrays))")
    }
    let labels = try find(
      "labels", ["labels", "label", "y", "targets", "y_train"], arrays, &options, path)
    let factors = try find("factors", ["factors", "latents_classes"], arrays, &options, path)
    return (examples.name, examples.array, labels?.array, factors?.array)
  }

  private static func find(
    _ key: String, _ usual: [String], _ arrays: [String: Tensor], _ options: inout SourceOptions,
    _ path: String
  ) throws -> (name: String, array: Tensor)? {
    if let name = options.text(key) {
      if let array = arrays[name] { return (name, array) }
      throw DatasetError(
        .usage, subject: path,
        problem: "\(key): expected one of its arrays, found '\(name)'",
        remedy: "it holds \(list(arrays))")
    }
    for name in usual { if let array = arrays[name] { return (name, array) } }
    return nil
  }

  private static func list(_ arrays: [String: Tensor]) -> String {
    arrays.sorted { $0.key < $1.key }.prefix(12).map { "\($0.key.prefix(40)) \($0.value.shape)" }
      .joined(separator: ", ")
  }
}
