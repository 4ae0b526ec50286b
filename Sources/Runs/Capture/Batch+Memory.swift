import Datasets
import LatentNN
import Torch

extension Batch {
  /// The tensors with the names of their parts, in a fixed order.
  private var parts: [(name: String, tensor: Tensor)] {
    var list = [("examples", examples)]
    if let labels { list.append(("labels", labels)) }
    if let factors { list.append(("factors", factors)) }
    return list + extras.sorted { $0.key < $1.key }.map { ("extra \($0.key)", $0.value) }
  }

  /// The same batch in memory of its own.
  func copied() -> Batch {
    var copy = self
    copy.examples = examples.copiedToRows()
    copy.labels = labels?.copiedToRows()
    copy.factors = factors?.copiedToRows()
    copy.extras = extras.mapValues { $0.copiedToRows() }
    return copy
  }

  /// Whether the other one has the same parts, in the same shapes and element types.
  func hasForm(of other: Batch) -> Bool {
    let (mine, theirs) = (parts, other.parts)
    return mine.count == theirs.count
      && zip(mine, theirs).allSatisfy {
        $0.name == $1.name && $0.tensor.shape == $1.tensor.shape
          && $0.tensor.dtype == $1.tensor.dtype
      }
  }

  /// Puts the numbers of another batch of the same form into this one's memory.
  func overwrite(with other: Batch) {
    withoutGradients {
      for (mine, theirs) in zip(parts, other.parts) {
        mine.tensor.copyInPlace(from: theirs.tensor)
      }
    }
  }
}
