import CTorch

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// Figures about memory, in bytes, and about tensors alive.
public enum Memory {
  /// Tensor handles that Swift holds at the moment, in the whole process.
  public static var liveTensorHandles: Int { Int(ct_live_handles()) }

  /// Tensor handles made less those released on the calling thread, for checks of synchronous code
  /// while other threads work.
  package static var threadTensorHandles: Int { Int(ct_thread_handles()) }

  /// What live tensors take on a graphics device; 0 where LibTorch does not count.
  public static func allocated(on device: Device) -> Int { figures(device).allocated }

  /// What LibTorch has taken from a graphics device, its cache included; 0 where not counted.
  public static func reserved(on device: Device) -> Int { figures(device).reserved }

  /// The most that live tensors took on a graphics device at a time; 0 where not counted.
  public static func peakAllocated(on device: Device) -> Int { figures(device).peak }

  /// Gives unused memory back: LibTorch's cache on a graphics device, the heap's on the CPU.
  public static func clearCache(on device: Device) { ct_device_clear_cache(device.kind.rawValue) }

  /// The resident set of this process; nil where the system does not tell.
  public static var resident: Int? { status("VmRSS:") }

  /// The largest resident set so far; nil where the system does not tell.
  public static var peakResident: Int? { status("VmHWM:") }

  private static func figures(_ device: Device) -> (allocated: Int, reserved: Int, peak: Int) {
    var (allocated, reserved, peak): (Int64, Int64, Int64) = (0, 0, 0)
    ct_device_memory(device.kind.rawValue, Int32(device.index), &allocated, &reserved, &peak)
    return (Int(allocated), Int(reserved), Int(peak))
  }

  private static func status(_ key: String) -> Int? {
    guard let file = fopen("/proc/self/status", "r") else { return nil }
    defer { fclose(file) }
    var line = [CChar](repeating: 0, count: 256)
    while fgets(&line, 256, file) != nil {
      let text = String(
        decoding: line.prefix { $0 != 0 }.map(UInt8.init(bitPattern:)), as: UTF8.self)
      guard text.hasPrefix(key) else { continue }
      let kilobytes = text.dropFirst(key.count).split(whereSeparator: \.isWhitespace).first
      return kilobytes.flatMap { Int($0) }.map { $0 * 1024 }
    }
    return nil
  }
}
