#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// Seconds of processor time that this process has used, over all its threads.
///
/// Claims about speed are measured by it, so that what else the machine does counts little.
func processorSeconds() -> Double { Double(clock()) / Double(CLOCKS_PER_SEC) }
