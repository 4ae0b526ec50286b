import Runs
import Testing

/// What a sweep is to train.
@Suite struct SweepPlanTests {
  static func plan(
    _ axes: [SweepAxis] = [
      SweepAxis("beta", ["1", "4"]), SweepAxis("hidden", ["400", "400,200"]),
    ],
    seeds: [UInt64] = [0, 7]
  ) -> SweepPlan {
    SweepPlan(
      recipe: "vae", data: "folder/my digits.npy", config: ["beta": "1", "latent": "3"],
      axes: axes, seeds: seeds, budget: "steps=5", device: "cpu")
  }

  @Test func everyChoiceMeetsEverySeedTheSeedsBesideEachOther() {
    let points = Self.plan().points
    #expect(
      points.map(\.label) == [
        "beta=1 hidden=400 seed=0", "beta=1 hidden=400 seed=7",
        "beta=1 hidden=400,200 seed=0", "beta=1 hidden=400,200 seed=7",
        "beta=4 hidden=400 seed=0", "beta=4 hidden=400 seed=7",
        "beta=4 hidden=400,200 seed=0", "beta=4 hidden=400,200 seed=7",
      ])
    #expect(points.map(\.index) == Array(0..<8))
    #expect(points[2].name == "3-beta-1-hidden-400-200-seed-0")
  }

  @Test func withoutAGridThereAreSeedsAlone() {
    let points = Self.plan([]).points
    #expect(points.map(\.name) == ["1-seed-0", "2-seed-7"])
  }

  @Test func namesAreFoldersAndDiffer() {
    let axis = SweepAxis("network", ["a/b", "a b", "../x", String(repeating: "long", count: 90)])
    let points = Self.plan([axis], seeds: [0, 1, 2]).points
    #expect(Set(points.map(\.name)).count == 12)
    #expect(points.allSatisfy { !$0.name.contains("/") && $0.name.utf8.count < 200 })
    #expect(points[0].name.hasPrefix("01-") && points[11].name.hasPrefix("12-"))
  }

  @Test func theConfigOfARunIsTheSharedOneWithItsOwnValues() {
    let plan = Self.plan()
    #expect(plan.config == ["latent": "3"])
    #expect(
      plan.config(of: plan.points[7]) == ["latent": "3", "beta": "4", "hidden": "400,200"])
  }

  @Test func samePlansHaveOneFolderAndOthersAnother() {
    let name = Self.plan().folderName
    #expect(name.hasPrefix("sweep-vae-my-digits.npy-") && name == Self.plan().folderName)
    var others = [Self.plan(seeds: [0]), Self.plan([SweepAxis("beta", ["1"])])]
    for change: (inout SweepPlan) -> Void in [
      { $0.recipe = "iwae" }, { $0.config["latent"] = "2" }, { $0.budget = nil },
      { $0.device = "cuda" }, { $0.data = "folder/other.npy" },
    ] {
      var plan = Self.plan()
      change(&plan)
      others.append(plan)
    }
    #expect(Set(others.map(\.folderName) + [name]).count == others.count + 1)
    for other in others { #expect(other.difference(to: Self.plan()) != nil) }
    #expect(Self.plan().difference(to: Self.plan()) == nil)
    #expect(
      Self.plan(seeds: [0]).difference(to: Self.plan()) == "seeds 0 and not 0,7")
  }

  @Test func moreRunsThanTheLimitAreNone() {
    let axes = (0..<8).map { SweepAxis("k\($0)", (0..<100).map(String.init)) }
    #expect(Self.plan(axes).points.isEmpty)
    let whole = Self.plan([SweepAxis("a", (0..<5000).map(String.init))])
    #expect(whole.points.count == SweepPlan.limit)
  }
}
