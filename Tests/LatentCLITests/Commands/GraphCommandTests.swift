import Foundation
import LatentCore
import Testing
import Torch

@testable import LatentCLI

@Suite(.serialized) struct GraphCommandTests {
  /// Trains on a rendered graph, resumes its data by fingerprint, and measures its hidden links.
  @Test func aGraphIsTrainedAndMeasured() throws {
    try withTemporaryFolder { folder in
      let trained = try document(
        "train", "vgae", "--data", "sbm:count=120,blocks=4,inner=6,outer=1", "--steps", "40",
        "--threads", "1", "--out", folder, "--name", "run")
      let run = "\(folder)/run"
      guard case .double(let auc)? = trained["metrics"]?["link-auc"]?["value"] else {
        Issue.record("no link-auc in \(trained)")
        return
      }
      #expect(auc > 0.6)
      let again = try document("evaluate", run)
      #expect(again["metrics"]?["link-auc"]?["value"] == .double(auc))
      #expect(again["metrics"]?["link-ap"]?["interval"] != nil)
      let encoded = try document("encode", run, "--out", "\(folder)/z.npy")
      #expect(encoded["arrays"] == ["codes": [1, 120, 16]])
      let refused = latent("sample", run)
      #expect(refused.code == .usage && refused.error.contains("recipe vgae cannot draw samples"))
      // Edges are held out and not examples: the one that all parts share is no leak.
      #expect(try document("diagnose", run)["findings"] == [])
      let wrong = latent("train", "gae", "--data", "digits", "--out", folder)
      #expect(wrong.code == .usage)
      #expect(
        wrong.error == """
          error: digits: expected a graph, found greyImage of shape [1, 8, 8]
           hint: use cora, sbm, or a folder with edges.csv and, if nodes have some, features.csv

          """)
    }
  }
}
