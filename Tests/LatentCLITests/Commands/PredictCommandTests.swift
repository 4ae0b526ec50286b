import Foundation
import LatentCore
import Testing
import Torch

@testable import LatentCLI

/// `latent train classifier` and `regressor`, `latent evaluate` and `latent predict` of what they leave.
@Suite struct PredictCommandTests {
  private func train(_ recipe: String, _ data: String, in folder: String) {
    let outcome = latent(
      "train", recipe, "--data", data, "--set", "hidden=16", "--steps", "30", "--threads", "1",
      "--out",
      folder, "--name", "run")
    #expect(outcome.code == .done, "\(outcome.error)")
  }

  @Test func aClassifierIsMeasuredAndPredicts() throws {
    try withTemporaryFolder { folder in
      train("classifier", "digits", in: folder)
      let run = "\(folder)/run"
      let metrics = try #require(
        try document("evaluate", run, "--metrics", "accuracy,nll,ece,brier-score")["metrics"])
      for name in ["accuracy", "nll", "ece", "brier-score"] {
        #expect(metrics[name] != nil, "\(name)")
      }
      _ = try document("predict", run, "-n", "50", "--out", "\(folder)/p.npz")
      let arrays = try NumPyArchive(path: "\(folder)/p.npz").tensors
      let probabilities = try #require(arrays["probabilities"])
      #expect(probabilities.shape == [50, 10])
      #expect(abs(probabilities.sum(dim: 1) - 1).max().item() < 1e-4)
      #expect(arrays["labels"]?.shape == [50] && arrays["novelty"]?.shape == [50])
      let refused = latent("predict", run, "--out", "\(folder)/p.png")
      #expect(refused.code == .usage && refused.error.contains("ends in .npy or .npz"))
    }
  }

  @Test func aRegressorIsMeasuredAndPredicts() throws {
    try withTemporaryFolder { folder in
      train("regressor", "swiss-roll:count=300", in: folder)
      let run = "\(folder)/run"
      let metrics = try #require(
        try document("evaluate", run, "--metrics", "rmse,regression-nll")["metrics"])
      for name in ["rmse", "regression-nll"] { #expect(metrics[name] != nil, "\(name)") }
      _ = try document("predict", run, "--out", "\(folder)/p.npz")
      let arrays = try NumPyArchive(path: "\(folder)/p.npz").tensors
      #expect(arrays["means"]?.shape == arrays["factors"]?.shape)
      #expect(try #require(arrays["variances"]).min().item() > 0)
    }
  }

  @Test func anotherRecipeCannotPredict() throws {
    try withTrainedRun { folder in
      let outcome = latent("predict", "\(folder)/run", "--out", "\(folder)/p.npz")
      #expect(outcome.code == .usage)
      #expect(outcome.error.contains("recipe vae cannot predict classes or numbers"))
    }
  }
}
