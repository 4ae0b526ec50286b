import Datasets
import LatentCore
import Testing

@testable import LatentCLI
@testable import Runs

@Suite struct CiteCommandTests {
  @Test func aRunNamesItsSources() throws {
    try withTrainedRun("--set", "schedule=cosine", "--set", "clip=1") { folder in
      let outcome = latent("cite", "\(folder)/run")
      #expect(
        outcome.out
          == """
          recipe vae
            Kingma & Welling (2013). Auto-Encoding Variational Bayes. arXiv:1312.6114, eq. 10, appendix C
          optimizer adam
            Kingma & Ba (2014). Adam: A Method for Stochastic Optimization. arXiv:1412.6980, algorithm 1
          schedule cosine
            Loshchilov & Hutter (2016). SGDR: Stochastic Gradient Descent with Warm Restarts. \
          arXiv:1608.03983, eq. 5
          clipping of the gradient's norm
            Pascanu, Mikolov & Bengio (2012). On the difficulty of training Recurrent Neural Networks. \
          arXiv:1211.5063, section 3.2
          metrics elbo, elbo-bits-per-dim
            Jordan, Ghahramani, Jaakkola & Saul (1999). An Introduction to Variational Methods for \
          Graphical Models. Machine Learning 37 (2), doi:10.1023/A:1007665907178
          data digits
            Alpaydin & Kaynak (1998). Optical Recognition of Handwritten Digits. UCI Machine Learning \
          Repository, doi:10.24432/C50P49
          LibTorch 2.13.0
            Paszke et al. (2019). PyTorch: An Imperative Style, High-Performance Deep Learning Library. \
          arXiv:1912.01703

          """.replacing("LibTorch 2.13.0", with: "LibTorch \(try Self.version(folder))"))
      let bibTeX = latent("cite", "\(folder)/run", "--bibtex").out
      #expect(
        bibTeX.hasPrefix(
          """
          @misc{kingma2013autoencoding,
            author = {Kingma and Welling},
            title = {{Auto-Encoding Variational Bayes}},
            year = {2013},
            eprint = {1312.6114},
            archivePrefix = {arXiv},
            note = {eq. 10, appendix C}
          }

          """))
      let found = try document("cite", "\(folder)/run")
      guard case .array(let rows)? = found["citations"] else { throw CancellationError() }
      #expect(rows.count == 7)
      #expect(
        rows[1] == [
          "for": "optimizer adam", "key": "kingma2014adam", "authors": "Kingma & Ba",
          "title": "Adam: A Method for Stochastic Optimization", "year": 2014, "venue": .null,
          "arxiv": "1412.6980", "doi": .null, "place": "algorithm 1",
        ])
    }
  }

  static func version(_ folder: String) throws -> String {
    try RunFolder(existing: "\(folder)/run").record().libtorch
  }

  @Test func everySourceOfABibliographyHasAKeyOfItsOwn() {
    let first = Citation(authors: "A & B", title: "On Things", year: 2000)
    let second = Citation(authors: "A", title: "Things Again", year: 2000)
    let list = Bibliography([("x", first), ("y", second), ("y", first)])
    #expect(list.entries.map(\.key) == ["a2000things", "a2000thingsa"])
    #expect(list.parts.map(\.citations.count) == [1, 2])
  }

  /// Data that others made are cited; what this package renders is its own.
  @Test func dataSetsOfOthersHaveSources() {
    for entry in DatasetRegistry.entries {
      let isOurs = entry.origin.hasPrefix("rendered")
      #expect((DataCitations.citation(of: entry.name) == nil) == isOurs || entry.name == "sprites")
    }
    #expect(DataCitations.citation(of: "sprites:size=16")?.year == 2017)
    #expect(DataCitations.citation(of: "own.npy") == nil)
  }
}
