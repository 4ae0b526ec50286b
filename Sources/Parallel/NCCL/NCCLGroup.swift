public import Torch

/// Processes whose tensors on devices are added up by NCCL, without a way through the CPU.
///
/// Everything else, numbers and what lies on the CPU, is the affair of the group below, which also carries
/// the word by which the devices find each other. A process that dies needs nothing here: the group below
/// hears of it and ends the others by `_exit`, on which the system takes back a device that waits for it.
public final class NCCLGroup: ProcessGroup {
  /// How the tensors of a device travel.
  public enum Way {
    /// From device to device.
    case direct(NCCLGroup)
    /// Through the CPU; why.
    case copied(String)
  }

  private let base: any ProcessGroup
  private let device: Device
  private let communicator: NCCLCommunicator
  private let stream: DeviceStream
  private let onError: @Sendable (ParallelError) -> Never

  /// The number of this process, from 0.
  public var rank: Int { base.rank }
  /// The number of processes.
  public var size: Int { base.size }
  /// The machine and number of each process.
  public var places: [String] { base.places }
  /// NCCL's version.
  public var version: String { communicator.library.version }

  /// Joins the processes of `base`, all of which must call this, if all of them have NCCL for their device.
  ///
  /// The device becomes the calling thread's present one, and stays it.
  /// `onError` is called, on any thread, for what NCCL fails at later. Throws `ParallelError` where NCCL fails
  /// now, and where `$LATENT_NCCL` names a library that cannot be used.
  public static func join(
    _ base: any ProcessGroup, on device: Device = .current,
    onError: @escaping @Sendable (ParallelError) -> Never
  ) throws(ParallelError) -> Way {
    var (library, reason): (NCCLLibrary?, String) = (nil, "NCCL is for CUDA devices")
    // A training on the CPU loads a library for graphics processors only if it is named.
    if device.kind == .cuda || NCCLLibrary.named != nil {
      do {
        library = try NCCLLibrary.find()
      } catch {
        guard NCCLLibrary.isOptional else { throw error }
        reason = error.description
      }
    }
    return try join(base, on: device, library, or: reason, onError: onError)
  }

  static func join(
    _ base: any ProcessGroup, on device: Device, _ found: NCCLLibrary?, or reason: String,
    onError: @escaping @Sendable (ParallelError) -> Never
  ) throws(ParallelError) -> Way {
    var (library, reason) = (found, reason)
    if let found, found.kind != device.kind {
      (library, reason) = (nil, "NCCL \(found.version) is for another kind of device")
    }
    // All or none, whatever each has found.
    let count = Int(base.sum([library == nil ? 0 : 1])[0])
    guard let library else { return .copied(reason) }
    guard count == base.size else {
      return .copied("\(base.size - count) of \(base.size) processes have no NCCL")
    }
    return .direct(try NCCLGroup(base, device, library, onError))
  }

  private init(
    _ base: any ProcessGroup, _ device: Device, _ library: NCCLLibrary,
    _ onError: @escaping @Sendable (ParallelError) -> Never
  ) throws(ParallelError) {
    (self.base, self.device, self.onError) = (base, device, onError)
    let id = try base.broadcast(base.leads ? NCCLCommunicator.id(library) : [])
    device.choose()
    communicator = try NCCLCommunicator(library, id: id, rank: base.rank, size: base.size)
    stream = DeviceStream(on: device)
    communicator.watch(onError)
  }

  /// Begins a sum in a queue of its own, behind what this thread has begun, beside what it begins next.
  public func beginSum(_ tensor: Tensor) -> any TensorSum {
    guard tensor.device == device else { return base.beginSum(tensor) }
    stream.follow(tensor)
    do {
      try communicator.sum(
        tensor.address, count: tensor.count, of: tensor.exchangedNumber, stream: stream.handle)
    } catch {
      onError(error)
    }
    return NCCLSum(tensor: tensor, mark: stream.mark())
  }

  /// Begins a sum of numbers on the CPU.
  public func beginSum(
    _ memory: UnsafeMutableRawBufferPointer, of type: ExchangedNumber
  ) -> any Exchange { base.beginSum(memory, of: type) }

  /// Begins a broadcast of bytes on the CPU.
  public func beginBroadcast(
    _ memory: UnsafeMutableRawBufferPointer, from rank: Int
  ) -> any Exchange { base.beginBroadcast(memory, from: rank) }

  /// Waits until all processes have come here.
  public func barrier() { base.barrier() }

  /// Leaves NCCL, as all processes must; nothing on the device can be exchanged any more.
  public func leave() {
    // Waiting here gives the core away, and in NCCL it would not.
    base.barrier()
    communicator.leave()
  }
}

/// A sum that a device is at work on.
private struct NCCLSum: TensorSum {
  let tensor: Tensor
  let mark: DeviceStream.Mark

  func advance() {}

  func wait() -> Tensor {
    mark.wait()
    return tensor
  }
}
