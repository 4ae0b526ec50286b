import LatentCore

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// LightGBM's C interface, loaded when a metric first asks for boosted trees.
///
/// Looked for at `$LATENT_LIGHTGBM`, then where `bin/setup` puts it. Every call answers 0 or leaves
/// its reason for `lastError`. Reference: LightGBM 4, `include/LightGBM/c_api.h`.
struct BoostingLibrary: Sendable {
  typealias Handle = UnsafeMutableRawPointer
  typealias Text = UnsafePointer<CChar>
  typealias MakeDataset =
    @convention(c) (
      UnsafeRawPointer?, CInt, Int32, Int32, CInt, Text?, Handle?, UnsafeMutablePointer<Handle?>?
    ) -> CInt
  typealias SetField = @convention(c) (Handle?, Text?, UnsafeRawPointer?, CInt, CInt) -> CInt
  typealias MakeBooster =
    @convention(c) (Handle?, Text?, UnsafeMutablePointer<Handle?>?) -> CInt
  typealias Update =
    @convention(c) (
      Handle?, UnsafePointer<Float>?, UnsafePointer<Float>?, UnsafeMutablePointer<CInt>?
    ) -> CInt
  typealias Importance =
    @convention(c) (Handle?, CInt, CInt, UnsafeMutablePointer<Double>?) -> CInt
  typealias Predict =
    @convention(c) (
      Handle?, UnsafeRawPointer?, CInt, Int32, Int32, CInt, CInt, CInt, CInt, Text?,
      UnsafeMutablePointer<Int64>?, UnsafeMutablePointer<Double>?
    ) -> CInt
  typealias Free = @convention(c) (Handle?) -> CInt
  typealias LastError = @convention(c) () -> Text?

  /// Where the library lies below the folder of the package.
  static let relativePath = ".deps/lightgbm/lib_lightgbm.so"

  let makeDataset: MakeDataset
  let setField: SetField
  let makeBooster: MakeBooster
  let update: Update
  let importance: Importance
  let predict: Predict
  let freeDataset: Free
  let freeBooster: Free
  let lastError: LastError

  /// The library, loaded once; throws `MetricError` when there is none.
  static func loaded() throws -> BoostingLibrary { try found.get() }

  private static let found = Result<BoostingLibrary, MetricError> { () throws(MetricError) in
    let named = getenv("LATENT_LIGHTGBM").map { [String(cString: $0)] }
    var reason = "none below the program's folder"
    for path in named ?? PackageFiles.candidates(relativePath)
    where named != nil || access(path, R_OK) == 0 {
      guard let library = dlopen(path, RTLD_NOW | RTLD_LOCAL) else {
        reason = dlerror().map { String(cString: $0) } ?? path
        continue
      }
      if let loaded = BoostingLibrary(library) { return loaded }
      reason = "\(path) without LightGBM 4's functions"
    }
    throw MetricError(
      metric: "boosted trees", "expected LightGBM's library, found \(reason)",
      remedy: "run bin/setup with a network, or set LATENT_LIGHTGBM=/path/to/lib_lightgbm.so")
  }

  private init?(_ library: UnsafeMutableRawPointer) {
    func symbol<Function>(_ name: String, as type: Function.Type) -> Function? {
      dlsym(library, "LGBM_\(name)").map { unsafeBitCast($0, to: type) }
    }
    guard
      let makeDataset = symbol("DatasetCreateFromMat", as: MakeDataset.self),
      let setField = symbol("DatasetSetField", as: SetField.self),
      let makeBooster = symbol("BoosterCreate", as: MakeBooster.self),
      let update = symbol("BoosterUpdateOneIterCustom", as: Update.self),
      let importance = symbol("BoosterFeatureImportance", as: Importance.self),
      let predict = symbol("BoosterPredictForMat", as: Predict.self),
      let freeDataset = symbol("DatasetFree", as: Free.self),
      let freeBooster = symbol("BoosterFree", as: Free.self),
      let lastError = symbol("GetLastError", as: LastError.self)
    else { return nil }
    self.makeDataset = makeDataset
    self.setField = setField
    self.makeBooster = makeBooster
    self.update = update
    self.importance = importance
    self.predict = predict
    self.freeDataset = freeDataset
    self.freeBooster = freeBooster
    self.lastError = lastError
  }

  /// Throws `MetricError` with LightGBM's reason unless `status` is 0.
  func check(_ status: CInt) throws {
    guard status != 0 else { return }
    let reason = lastError().map { String(cString: $0) } ?? "no reason"
    throw MetricError(
      metric: "boosted trees", "expected LightGBM to fit, found «\(reason)»",
      remedy: "check the codes for extreme values; measure without dci")
  }
}
