public import Torch

extension ProcessGroup {
  /// The tensor of process `rank`; the others' have its shape and type. No gradient passes.
  public func broadcast(_ tensor: Tensor, from rank: Int = 0) -> Tensor {
    let here = ownMemory(tensor, isKept: self.rank == rank)
    if let memory = here.memory, !memory.isEmpty { beginBroadcast(memory, from: rank).wait() }
    return here.to(tensor.device)
  }

  /// The rows of the whole batch, [n · k, …] of each process's n examples → those of all, in their order.
  public func joined(_ rows: Tensor, _ share: RowShare) -> Tensor {
    let each = rows.size(0) / share.rows.count
    precondition(each * share.rows.count == rows.size(0), "rows of other examples than the batch's")
    let parts = (0..<size).compactMap { rank -> Tensor? in
      let theirs = RowShare(of: share.total, rank: rank, size: size)
      guard theirs.weight > 0 else { return nil }
      if rank == self.rank { return broadcast(rows, from: rank) }
      let shape = [theirs.rows.count * each] + rows.shape.dropFirst()
      return broadcast(Tensor.empty(shape, dtype: rows.dtype, device: rows.device), from: rank)
    }
    return concatenated(parts)
  }

  /// Contiguous memory on the CPU that others do not see.
  private func ownMemory(_ tensor: Tensor, isKept: Bool) -> Tensor {
    guard isKept else { return Tensor.empty(tensor.shape, dtype: tensor.dtype, device: .cpu) }
    return tensor.detached().to(Device.cpu).contiguous().cloned()
  }
}
