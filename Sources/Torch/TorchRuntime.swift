import CTorch
public import TorchRaw

/// LibTorch as it is loaded.
public enum TorchRuntime {
  /// The version whose headers the package was built with, such as `2.13.0`.
  public static var version: String { String(cString: ct_version()) }

  /// The threads that one operation may use, of the calling thread.
  public static var threads: Int { Int(ct_threads()) }

  /// Which kernels of this package a processor gets in float32: those for dense layers and convolutions (`avx512`), for convolutions
  /// alone (`avx2`) or none (`libtorch`).
  public static var kernels: String {
    ct_dense_is_available() ? "avx512" : ct_winograd_is_available() ? "avx2" : "libtorch"
  }

  /// Prepares LibTorch: threads (nil: its choice), what glibc keeps of memory given back, graphics library if there is a driver.
  ///
  /// Call it once, first in `main`, because LibTorch's thread count belongs to a thread. Without it everything works, slower and
  /// without CUDA. Throws what LibTorch throws.
  public static func start(threads: Int? = nil) throws {
    var message: ct_error?
    guard ct_start(Int32(threads ?? 0), &message) == CT_OK else {
      throw TorchError(operation: "start", operands: [], reason: takeMessage(message))
    }
  }

  /// Replaces what happens to an error outside `withTorchErrors`, which is to stop with the message.
  public static func onError(_ stop: @escaping @Sendable (TorchError) -> Never) {
    ErrorCollector.stop = stop
  }
}

extension TorchRuntime {
  /// The files of LibTorch that this process has loaded; empty where the system does not tell.
  public static var loadedLibraries: [String] {
    guard let file = try? InputFile("/proc/self/maps"), let bytes = try? file.readToEnd() else {
      return []
    }
    var found: [String] = []
    for line in String(decoding: bytes, as: UTF8.self).split(separator: "\n") {
      guard let start = line.firstIndex(of: "/") else { continue }
      let path = String(line[start...])
      let name = path.split(separator: "/").last ?? ""
      let isOurs = name.hasPrefix("libtorch") || name.hasPrefix("libc10")
      if isOurs, !found.contains(path) { found.append(path) }
    }
    return found
  }
}
