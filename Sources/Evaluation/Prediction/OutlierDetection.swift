public import Torch

/// How well a novelty score tells outliers from known examples: the area under the ROC curve, 0.5 for chance.
///
/// The share of pairs of an outlier and an inlier in which the outlier has the larger score; ties count half.
/// **Shapes**: both `[n]`. **Source**: Hendrycks and Gimpel 2017, arXiv 1610.02136. scikit-learn:
/// `roc_auc_score`.
///
/// - Throws: `MetricError` without at least one of each and for scores that are not finite.
public func outlierAUROC(inliers: Tensor, outliers: Tensor) throws -> Double {
  let scores = concatenated([inliers, outliers]).detached().to(.cpu).to(.float64)
  guard inliers.count > 0, outliers.count > 0, scores.isFinite.all().item() != 0 else {
    throw MetricError(
      metric: "outlier-auroc", "expected finite scores of inliers and outliers",
      remedy: "score at least one example of each kind")
  }
  let isOutlier = Tensor.arange(scores.count) .>= inliers.count
  return RankedArea(scores, isMember: isOutlier).area
}
