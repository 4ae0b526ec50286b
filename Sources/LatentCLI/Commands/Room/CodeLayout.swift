import Datasets
import Evaluation
import LatentCore
import Report
import Torch

/// The codes of some examples of a part, kept so that another colour or layout encodes nothing anew.
final class CodeLayout {
  let batch: Batch
  /// The codes laid flat, `[n, d]`, float32.
  let codes: Tensor
  let sheet: ThumbnailSheet?
  private var places: [String: Tensor] = [:]

  /// Examples with their codes; words of discrete codes count as numbers of their own, one column each word.
  init(_ batch: Batch, codes: Tensor, pictures: Bool) {
    self.batch = batch
    self.codes = codes
    sheet = pictures ? try? ThumbnailSheet(batch.examples.to(.float32)) : nil
  }

  /// Places `[n, 2]` by `pca` or `tsne`; throws `MetricError` for codes that cannot be laid out.
  func places(by method: String) throws -> Tensor {
    if let known = places[method] { return known }
    let found: Tensor
    if method == "tsne" {
      found = try NeighbourEmbedding(codes).places
    } else {
      let flat = try PrincipalComponents(codes).places(of: codes)
      found =
        flat.size(1) < 2 ? concatenated([flat, Tensor.zeros(like: flat)], dim: 1) : flat
    }
    places[method] = found
    return found
  }
}
