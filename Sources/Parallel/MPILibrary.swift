#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// Open MPI's C interface, loaded when a launcher has started the process.
///
/// Looked for at `$LATENT_MPI`, then by its usual names. What is a handle to others is in Open MPI the
/// address of a global symbol; libraries with another ABI (MPICH, Intel MPI) are refused by name.
/// Reference: MPI 3.1; Open MPI 4.1, `mpi.h`.
struct MPILibrary {
  typealias Handle = UnsafeMutableRawPointer
  typealias Init =
    @convention(c) (
      UnsafeMutablePointer<CInt>?, UnsafeMutableRawPointer?, CInt, UnsafeMutablePointer<CInt>?
    ) -> CInt
  typealias Query = @convention(c) (Handle?, UnsafeMutablePointer<CInt>?) -> CInt
  typealias Sum =
    @convention(c) (
      UnsafeRawPointer?, UnsafeMutableRawPointer?, CInt, Handle?, Handle?, Handle?,
      UnsafeMutablePointer<Handle?>?
    ) -> CInt
  typealias Broadcast =
    @convention(c) (
      UnsafeMutableRawPointer?, CInt, Handle?, CInt, Handle?, UnsafeMutablePointer<Handle?>?
    ) -> CInt
  typealias Barrier = @convention(c) (Handle?, UnsafeMutablePointer<Handle?>?) -> CInt
  typealias Test =
    @convention(c) (
      UnsafeMutablePointer<Handle?>?, UnsafeMutablePointer<CInt>?, UnsafeMutableRawPointer?
    ) -> CInt
  typealias Finalize = @convention(c) () -> CInt

  let initialize: Init
  let rank: Query
  let size: Query
  let beginSum: Sum
  let beginBroadcast: Broadcast
  let beginBarrier: Barrier
  let test: Test
  let finalize: Finalize
  /// All processes.
  let world: Handle
  let byte: Handle
  let float: Handle
  let double: Handle
  let plus: Handle
  /// `MPI_IN_PLACE`.
  var inPlace: UnsafeRawPointer? { UnsafeRawPointer(bitPattern: 1) }

  #if canImport(Glibc)
    private static let names = ["libmpi.so.40", "libmpi.so"]
  #else
    private static let names = [
      "libmpi.40.dylib", "/opt/homebrew/lib/libmpi.dylib", "/usr/local/lib/libmpi.dylib",
    ]
  #endif

  /// Loads the library; throws `ParallelError` where there is none or another one.
  init(_ launch: Launch) throws(ParallelError) {
    let named = getenv("LATENT_MPI").map { [String(cString: $0)] }
    var found = "none"
    for path in named ?? Self.names {
      // Open MPI's plug-ins look for its symbols among the global ones.
      guard let library = dlopen(path, RTLD_NOW | RTLD_GLOBAL) else {
        if named != nil { found = dlerror().map { String(cString: $0) } ?? path }
        continue
      }
      if let loaded = MPILibrary(library) {
        self = loaded
        return
      }
      found = "\(path), \(Self.version(library))"
    }
    throw ParallelError(
      "process \(launch.rank + 1) of \(launch.size), started by \(launch.launcher): "
        + "expected Open MPI's library (libmpi), found \(found)",
      remedy:
        "install Open MPI (Debian: apt-get install openmpi-bin; macOS: brew install open-mpi), or set "
        + "LATENT_MPI=/path/to/libmpi.so; to train in one process, leave the launcher out")
  }

  private init?(_ library: Handle) {
    func symbol<Function>(_ name: String, as type: Function.Type) -> Function? {
      dlsym(library, "MPI_\(name)").map { unsafeBitCast($0, to: type) }
    }
    guard
      let initialize = symbol("Init_thread", as: Init.self),
      let rank = symbol("Comm_rank", as: Query.self),
      let size = symbol("Comm_size", as: Query.self),
      let beginSum = symbol("Iallreduce", as: Sum.self),
      let beginBroadcast = symbol("Ibcast", as: Broadcast.self),
      let beginBarrier = symbol("Ibarrier", as: Barrier.self),
      let test = symbol("Test", as: Test.self),
      let finalize = symbol("Finalize", as: Finalize.self),
      let world = dlsym(library, "ompi_mpi_comm_world"),
      let byte = dlsym(library, "ompi_mpi_byte"), let float = dlsym(library, "ompi_mpi_float"),
      let double = dlsym(library, "ompi_mpi_double"), let plus = dlsym(library, "ompi_mpi_op_sum")
    else { return nil }
    self.initialize = initialize
    self.rank = rank
    self.size = size
    self.beginSum = beginSum
    self.beginBroadcast = beginBroadcast
    self.beginBarrier = beginBarrier
    self.test = test
    self.finalize = finalize
    (self.world, self.byte, self.float) = (world, byte, float)
    (self.double, self.plus) = (double, plus)
  }

  /// What a library says it is, in its first line.
  private static func version(_ library: Handle) -> String {
    typealias Ask =
      @convention(c) (UnsafeMutablePointer<CChar>?, UnsafeMutablePointer<CInt>?) -> CInt
    guard let symbol = dlsym(library, "MPI_Get_library_version") else { return "which is no MPI" }
    var text = [CChar](repeating: 0, count: 8192)
    var length: CInt = 0
    _ = unsafeBitCast(symbol, to: Ask.self)(&text, &length)
    let bytes = text.prefix { $0 != 0 && $0 != 0x0A }.map { UInt8(bitPattern: $0) }
    return "which is \(String(decoding: bytes, as: UTF8.self))"
  }
}
