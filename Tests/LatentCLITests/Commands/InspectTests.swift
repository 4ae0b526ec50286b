import Foundation
import Testing

@testable import LatentCLI

/// What `latent data inspect` prints, verbatim.
@Suite struct InspectTests {
  private func withTable(_ body: (String) throws -> Void) throws {
    try withTemporaryFolder { folder in
      let rows = (1...10).map { "\($0),\(Double($0) + 1.5),\($0 % 2 == 0 ? "b" : "a")\n" }
      let path = "\(folder)/t.csv"
      try Data(("height,width,kind\n" + rows.joined()).utf8).write(to: URL(filePath: path))
      try body(path)
    }
  }

  private static let fingerprint =
    "sha256:4905394ab611af3ce4d74104c7894bb4805c244a5051b6770c771e5e12f152d3"

  @Test func aTable() throws {
    try withTable { path in
      let outcome = latent("data", "inspect", path)
      #expect(outcome.code == .done)
      #expect(
        outcome.out == """
          source: \(path)
          kind: vector
          shape: 2
          examples: train 7, validation 1, test 2
          values: 1 to 11.5, mean 6.4643, standard deviation 3.1022, of 7 examples
          classes: 2: a (4), b (3)
          fingerprint: \(Self.fingerprint)

          column  least  largest
          ──────────────────────
          height      1       10
          width     2.5     11.5

          height  width  class
          ────────────────────
               6    7.5  b
               4    5.5  b
              10   11.5  b
               1    2.5  a
               9   10.5  a
               7    8.5  a
               3    4.5  a

          """)
    }
  }

  @Test func itsDocument() throws {
    try withTable { path in
      let outcome = latent("data", "inspect", path, "--json")
      #expect(
        outcome.out == """
          {
            "source": "\(path)",
            "kind": "vector",
            "shape": [2],
            "range": null,
            "counts": {
              "train": 7,
              "validation": 1,
              "test": 2
            },
            "figures": {
              "minimum": 1.0,
              "maximum": 11.5,
              "mean": 6.464285714285714,
              "standard-deviation": 3.1022128376041382,
              "examples": 7
            },
            "classes": [
              {
                "name": "a",
                "count": 4
              },
              {
                "name": "b",
                "count": 3
              }
            ],
            "factors": null,
            "columns": [
              {
                "name": "height",
                "range": [1.0, 10.0]
              },
              {
                "name": "width",
                "range": [2.5, 11.5]
              }
            ],
            "rows": [
          \(Self.rows)
            ],
            "fingerprint": "\(Self.fingerprint)",
            "out": null
          }

          """)
    }
  }

  private static let rows = [
    ("6 7.5", "b"), ("4 5.5", "b"), ("10 11.5", "b"), ("1 2.5", "a"), ("9 10.5", "a"),
    ("7 8.5", "a"), ("3 4.5", "a"),
  ].map { "    {\n      \"text\": \"\($0.0)\",\n      \"class\": \"\($0.1)\"\n    }" }
    .joined(separator: ",\n")

  @Test func factorsOfRenderedData() {
    let outcome = latent("data", "inspect", "moons:count=30")
    #expect(
      outcome.out.contains(
        """

        factor      values  from … to
        ────────────────────────────────────
        t       continuous  0.35295 … 3.1324

        """))
    let document = latent("data", "inspect", "scenes:size=16", "--json").out
    #expect(
      document.contains(
        """
            {
              "name": "angle",
              "size": 6,
        """))
    #expect(document.contains("\"periodic\": true"))
  }

  @Test func aContactSheet() throws {
    try withTemporaryFolder { folder in
      let path = "\(folder)/sheet.png"
      let outcome = latent("data", "inspect", "digits", "--out", path)
      #expect(outcome.out.hasSuffix("\n64 examples in \(path)\n"))
      let bytes = try Data(contentsOf: URL(filePath: path))
      #expect(bytes.starts(with: [0x89, 0x50, 0x4E, 0x47]))
    }
    #expect(
      latent("data", "inspect", "digits").out.hasSuffix(
        "\nimages: --out sheet.png draws 64 of them\n"))
  }

  @Test func refusals() {
    let vectors = latent("data", "inspect", "moons", "--out", "s.png")
    #expect(vectors.code == .usage)
    #expect(
      vectors.error == """
        error: --out: expected images for a contact sheet, found vector
         hint: leave --out away; the first ten rows are printed

        """)
    let ending = latent("data", "inspect", "digits", "--out", "s.jpg")
    #expect(
      ending.error == """
        error: --out: expected a name that ends in .png, found 's.jpg'
         hint: use --out s.jpg.png

        """)
  }
}
