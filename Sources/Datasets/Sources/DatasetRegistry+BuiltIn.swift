extension DatasetRegistry {
  /// The sets that are part of the package or rendered by it.
  static let builtIn: [Entry] = [
    Entry(
      name: "digits", summary: "1,797 handwritten digits, 8×8 grey, 10 classes", address: nil,
      origin: "E. Alpaydin, C. Kaynak 1998, UCI Machine Learning Repository, CC BY 4.0"
    ) { request in
      try request.options.finish()
      return try Digits.splits(request.plan)
    },
    Entry(
      name: "sprites", summary: "rendered figures, 3 shapes, 6 scales, 40 angles, 32×32 places",
      address: nil, origin: "rendered; options size, scales, angles, positions, pixels=binary|grey"
    ) { request in
      var grid = SpriteGrid()
      grid.size = try request.options.integer("size", 16...64, default: 64)
      grid.scales = try request.options.integer("scales", 1...64, default: 6)
      grid.angles = try request.options.integer("angles", 1...360, default: 40)
      grid.positions = try request.options.integer("positions", 1...64, default: 32)
      grid.isBinary = try request.options.word("pixels", ["binary", "grey"]) != "grey"
      try request.options.finish()
      return try request.plan.divide(SpriteDataset(grid))
    },
    Entry(
      name: "scenes", summary: "rendered coloured figures with captions and masks, 8 factors",
      address: nil, origin: "rendered; options size, scales, hues, positions, angles"
    ) { request in
      var grid = SceneGrid()
      grid.size = try request.options.integer("size", 16...128, default: 64)
      grid.scales = try request.options.integer("scales", 1...64, default: 4)
      grid.hues = try request.options.integer("hues", 1...64, default: 8)
      grid.positions = try request.options.integer("positions", 1...64, default: 8)
      grid.angles = try request.options.integer("angles", 1...64, default: 6)
      try request.options.finish()
      return try request.plan.divide(SceneDataset(grid))
    },
    Entry(
      name: "glyphs", summary: "rendered digits of varied stroke, slant, thickness and colour",
      address: nil, origin: "rendered; options count, size, ink=colour|grey, wobble, seed"
    ) { request in
      var glyphs = GlyphPlan()
      glyphs.count = try request.options.integer("count", 10...100_000_000, default: 20_000)
      glyphs.size = try request.options.integer("size", 16...128, default: 32)
      glyphs.hasColour = try request.options.word("ink", ["colour", "grey"]) != "grey"
      glyphs.wobble = try request.options.number("wobble", 0...0.2, default: 0.02)
      glyphs.seed = UInt64(try request.options.integer("seed", 0...Int.max, default: 0))
      try request.options.finish()
      return try request.plan.divide(GlyphDataset(glyphs))
    },
    Entry(
      name: "series", summary: "rendered waves with a trend, regular or irregular, 4 factors",
      address: nil, origin: "rendered; options count, length, noise, missing, times, seed"
    ) { request in
      var series = SeriesPlan()
      series.count = try request.options.integer("count", 10...100_000_000, default: 10_000)
      series.length = try request.options.integer("length", 1...100_000, default: 64)
      series.noise = try request.options.number("noise", 0...100, default: 0.05)
      series.missing = try request.options.number("missing", 0...1, default: 0)
      series.isIrregular =
        try request.options.word("times", ["regular", "irregular"]) == "irregular"
      series.seed = UInt64(try request.options.integer("seed", 0...Int.max, default: 0))
      try request.options.finish()
      return try request.plan.divide(SeriesDataset(series))
    },
    Entry(
      name: "spiking-digits", summary: "spikes beside a digit that turns and grows smoothly",
      address: nil,
      origin: "rendered from the digits; options count, length, neurons, size, class, scale, seed"
    ) { request in
      var plan = SpikingDigitsPlan()
      plan.count = try request.options.integer("count", 10...1_000_000, default: 300)
      plan.length = try request.options.integer("length", 2...10_000, default: 60)
      plan.neurons = try request.options.integer("neurons", 1...100_000, default: 100)
      plan.size = try request.options.integer("size", 4...256, default: 16)
      plan.lengthScale = try request.options.number("scale", 0.1...1e6, default: 10)
      plan.seed = UInt64(try request.options.integer("seed", 0...Int.max, default: 0))
      let digit = try request.options.integer("class", 0...9, default: 3)
      try request.options.finish()
      return try request.plan.divide(SpikingDigitsDataset(plan, digit: digit))
    },
    Entry(
      name: "grammar", summary: "57,600 sentences of a small grammar, 9 factors", address: nil,
      origin: "rendered"
    ) { request in
      try request.options.finish()
      return try request.plan.divide(GrammarDataset())
    },
    Entry(
      name: "sbm", summary: "rendered graph of 1,500 nodes in blocks, with noisy features",
      address: nil, origin: "rendered; options count, blocks, inner, outer, features, noise, seed"
    ) { request in
      var plan = BlockModel()
      plan.count = try request.options.integer("count", 4...GraphDataset.nodeLimit, default: 1500)
      plan.blocks = try request.options.integer("blocks", 2...1000, default: 10)
      plan.inner = try request.options.number("inner", 0...10_000, default: 4)
      plan.outer = try request.options.number("outer", 0...10_000, default: 2)
      plan.features = try request.options.integer("features", 0...100_000, default: 32)
      plan.noise = try request.options.number("noise", 0...1e6, default: 2)
      plan.seed = UInt64(try request.options.integer("seed", 0...Int.max, default: 0))
      try request.options.finish()
      let graph = try plan.graph()
      var splits = try request.plan.divide(graph.nodes)
      splits.graph = graph
      return splits
    },
    cloud(.moons, "two interleaved half circles in the plane, 2 classes", noise: 0.1),
    cloud(.rings(count: 2), "circles around each other in the plane, 2 classes", noise: 0.1),
    cloud(.swissRoll, "a rolled-up sheet in space with its two coordinates", noise: 0.02),
    cloud(.gaussians(count: 8), "8 normals around a circle in the plane", noise: 0),
  ]

  /// Points drawn from the split's seed.
  private static func cloud(_ cloud: PointCloud, _ summary: String, noise: Double) -> Entry {
    Entry(
      name: cloud.name, summary: summary, address: nil,
      origin: "rendered; options count, noise, seed"
    ) { request in
      let count = try request.options.integer("count", 10...10_000_000, default: 10_000)
      let noise = try request.options.number("noise", 0...10, default: noise)
      let seed = try request.options.integer("seed", 0...Int.max, default: 0)
      try request.options.finish()
      return try request.plan.divide(
        cloud.dataset(count: count, noise: noise, seed: UInt64(seed)))
    }
  }
}
