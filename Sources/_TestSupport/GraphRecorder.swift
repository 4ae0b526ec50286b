import CGraphRecorder

/// Gives the CPU recordings of its work, as a graphics processor has them.
///
/// Operators are noted between automatic differentiation and the kernels; what is recorded is taken back at the end. Kernels of this
/// package's own are not noted, which take float32: tests use float64, for which LibTorch's are taken.
public enum GraphRecorder {
  /// From now on, in the whole process; the trainer records on the CPU only where a test tells it to.
  public static func register() { recorder_register() }
}
