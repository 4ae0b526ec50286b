import CNCCL
public import Torch

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// NCCL's C interface, NVIDIA's library for exchanges between graphics processors, loaded where there is one.
///
/// Reference: NCCL 2.4 to 2.32, `nccl.h`.
public struct NCCLLibrary: @unchecked Sendable {
  // Addresses of functions, which any thread may call.
  let uniqueID: nccl_get_unique_id
  let join: nccl_comm_init_rank
  let sum: nccl_all_reduce
  let state: nccl_comm_get_async_error
  let leave: nccl_comm_destroy
  let text: nccl_get_error_string
  /// Since NCCL 2.13.
  let detail: nccl_get_last_error?
  /// Such as `2.27.5`.
  public let version: String
  /// The devices whose memory it works on: graphics processors, unless it says otherwise by a symbol
  /// `latent_nccl_device`, an `int32_t` with LibTorch's number of the kind, as a stand-in may.
  public internal(set) var kind: Device.Kind

  /// The library that `$LATENT_NCCL` names, otherwise the one that came with LibTorch or the system's.
  ///
  /// Throws `ParallelError` where there is none that can be used, or `$LATENT_NCCL` is `off`.
  public static func find() throws(ParallelError) -> NCCLLibrary {
    if let named = Self.named { return try NCCLLibrary(named) }
    // LibTorch for CUDA has brought it in already, or its wheel lies beside torch's.
    var paths: [String?] = ["libnccl.so.2"]
    if let loaded = dlopen(nil, RTLD_NOW), dlsym(loaded, "ncclGetVersion") != nil {
      paths.insert(nil, at: 0)
    }
    if let torch = TorchRuntime.loadedLibraries.first {
      let packages = torch.split(separator: "/").dropLast(3).map { "/\($0)" }.joined()
      let path = "\(packages)/nvidia/nccl/lib/libnccl.so.2"
      if access(path, R_OK) == 0 { paths.append(path) }
    }
    var reason: ParallelError?
    for path in paths {
      do { return try NCCLLibrary(path) } catch { reason = error }
    }
    throw reason ?? Self.refused("none")
  }

  /// What the environment names.
  static var named: String? { getenv("LATENT_NCCL").map { String(cString: $0) } }

  /// Whether the training goes on without: where no library is named.
  static var isOptional: Bool { named == nil || named == "off" }

  /// The library at `path`, nil for what the process has loaded already; throws `ParallelError` for another
  /// version, and where it cannot be loaded or lacks a function.
  init(_ path: String?) throws(ParallelError) {
    if path == "off" { throw Self.refused("LATENT_NCCL=off") }
    guard let library = dlopen(path, RTLD_NOW | RTLD_LOCAL) else {
      throw Self.refused(dlerror().map { String(cString: $0) } ?? path ?? "none")
    }
    func symbol<Function>(_ name: String, as type: Function.Type) throws(ParallelError) -> Function
    {
      guard let address = dlsym(library, "nccl\(name)") else {
        throw Self.refused("\(path ?? "one that is loaded"), which has no nccl\(name)")
      }
      return unsafeBitCast(address, to: type)
    }
    var code: Int32 = 0
    _ = try symbol("GetVersion", as: nccl_get_version.self)(&code)
    version = Self.version(code)
    guard code >= 2400, version.hasPrefix("2.") else {
      throw Self.refused("\(path ?? "one that is loaded"), which is \(version)")
    }
    uniqueID = try symbol("GetUniqueId", as: nccl_get_unique_id.self)
    join = try symbol("CommInitRank", as: nccl_comm_init_rank.self)
    sum = try symbol("AllReduce", as: nccl_all_reduce.self)
    state = try symbol("CommGetAsyncError", as: nccl_comm_get_async_error.self)
    leave = try symbol("CommDestroy", as: nccl_comm_destroy.self)
    text = try symbol("GetErrorString", as: nccl_get_error_string.self)
    detail = try? symbol("GetLastError", as: nccl_get_last_error.self)
    let number = dlsym(library, "latent_nccl_device")?.load(as: Int32.self)
    kind = number.flatMap(Device.Kind.init) ?? .cuda
  }

  /// 2708 is 2.7.8; from 2.9 on there are two digits each, 22705 is 2.27.5.
  static func version(_ code: Int32) -> String {
    let unit: Int32 = code < 10_000 ? 1000 : 10_000
    return "\(code / unit).\(code % unit / 100).\(code % 100)"
  }

  /// Throws `ParallelError` with NCCL's own words unless `result` is success.
  func check(
    _ result: Int32, of function: String, in communicator: nccl_communicator? = nil
  ) throws(ParallelError) {
    // Work that goes on is what a call that does not wait leaves.
    guard result != nccl_done, result != nccl_under_way else { return }
    let texts: [UnsafePointer<CChar>?] = [text(result), detail?(communicator)]
    let words = texts.compactMap { $0.map { String(cString: $0) } }
    throw ParallelError(
      "nccl\(function) of NCCL \(version): expected success, found \(result), "
        + words.filter { !$0.isEmpty }.map(Self.line).joined(separator: ": "),
      remedy:
        "NCCL_DEBUG=INFO shows more; each process needs a device of its own (--device cuda gives it one), "
        + "and LATENT_NCCL=off lets gradients travel through the CPU")
  }

  /// A text in one line.
  private static func line(_ text: String) -> String {
    text.split(whereSeparator: \.isNewline).joined(separator: " ")
  }

  private static func refused(_ found: String) -> ParallelError {
    ParallelError(
      "expected NCCL's library (libnccl.so.2) in version 2.4 or a later 2, found \(line(found))",
      remedy:
        "install the wheel nvidia-nccl-cu13 beside torch, or set LATENT_NCCL=/path/to/libnccl.so.2, "
        + "or LATENT_NCCL=off to let gradients travel through the CPU")
  }
}
