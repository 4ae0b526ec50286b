import Testing

import LatentCore

enum Likelihood: String, ConfigValue, CaseIterable { case bernoulli, gaussian }

enum Keys {
  static let beta = ConfigKey("beta", default: 1.0, in: .atLeast(0), "Weight of the rate.")
  static let latent = ConfigKey("latent", default: 20, in: .atLeast(1), "Size of the code.")
  static let hidden = ConfigKey(
    "hidden", default: [400], each: .between(1, 65_536), "Widths of the hidden layers.")
  static let likelihood = ConfigKey("likelihood", default: Likelihood.bernoulli, "Of the pixels.")
  static let ema = ConfigKey("ema", default: false, "Average the weights.")
  static let note = ConfigKey("note", default: "", "Free text.")
  static let warmup = ConfigKey(
    "schedule.warmup", default: 0, in: .atLeast(0), unit: "steps", "Length of the warm-up.")
  static let schema = ConfigSchema(beta, latent, hidden, likelihood, ema, note, warmup)
}

struct ConfigTests {
  @Test func defaultsAreTyped() {
    let config = Config(Keys.schema)
    let beta: Double = config[Keys.beta]
    #expect(beta == 1)
    #expect(config[Keys.latent] == 20 && config[Keys.hidden] == [400])
    #expect(config[Keys.likelihood] == .bernoulli && config[Keys.ema] == false)
    #expect(config.changes.members.isEmpty)
  }

  @Test func settingsAreTakenInEveryType() throws {
    var config = Config(Keys.schema)
    let settings = [
      "beta=4", "latent=2", "hidden=400, 200", "likelihood=gaussian", "ema=true", "note=a=b c",
      "schedule.warmup=100",
    ]
    for setting in settings { try config.set(setting) }
    #expect(config[Keys.beta] == 4 && config[Keys.latent] == 2)
    #expect(config[Keys.hidden] == [400, 200] && config[Keys.likelihood] == .gaussian)
    #expect(config[Keys.ema] && config[Keys.note] == "a=b c" && config[Keys.warmup] == 100)
    try config.set("hidden=[]")
    #expect(config[Keys.hidden] == [])
  }

  @Test(arguments: [
    ("bata=4", "unknown key 'bata' in --set", "did you mean 'beta'? (keys: \(allKeys))"),
    ("gamma=4", "unknown key 'gamma' in --set", "keys: \(allKeys)"),
    ("beta", "--set expects key=value, found 'beta'", "write --set beta=1"),
    (
      "beta=x", "beta in --set: expected a number, at least 0, found 'x'",
      "beta: Weight of the rate. Default: 1"
    ),
    (
      "beta=-1", "beta in --set: expected a number, at least 0, found '-1'",
      "beta: Weight of the rate. Default: 1"
    ),
    (
      "beta=inf", "beta in --set: expected a number, at least 0, found 'inf'",
      "beta: Weight of the rate. Default: 1"
    ),
    (
      "latent=2.5", "latent in --set: expected a whole number, at least 1, found '2.5'",
      "latent: Size of the code. Default: 20"
    ),
    (
      "hidden=400,",
      "hidden in --set: expected whole numbers separated by commas, each from 1 to 65536, found '400,'",
      "hidden: Widths of the hidden layers. Default: 400"
    ),
    (
      "likelihood=gausian",
      "likelihood in --set: expected one of bernoulli, gaussian, found 'gausian'",
      "did you mean 'gaussian'? likelihood: Of the pixels. Default: bernoulli"
    ),
    (
      "ema=yes", "ema in --set: expected true or false, found 'yes'",
      "ema: Average the weights. Default: false"
    ),
    (
      "schedule.warmup=",
      "schedule.warmup in --set: expected a whole number, at least 0, found nothing",
      "schedule.warmup: Length of the warm-up. Default: 0 steps"
    ),
  ])
  func refusesSettings(setting: String, message: String, remedy: String) {
    var config = Config(Keys.schema)
    let error = #expect(throws: ConfigError.self) { try config.set(setting) }
    #expect(error == ConfigError(message, remedy: remedy))
    #expect(config == Config(Keys.schema))
  }

  static let allKeys = "beta, latent, hidden, likelihood, ema, note, schedule.warmup"

  @Test func filesAreTakenWithSections() throws {
    var config = Config(Keys.schema)
    let text = "{beta: 4, latent: 2.0, hidden: [8, 8], schedule: {warmup: 10}} // short"
    try config.apply(JSON5Reader.object(text, source: "r.json5"), from: "r.json5")
    #expect(config[Keys.beta] == 4 && config[Keys.latent] == 2 && config[Keys.warmup] == 10)
    #expect(
      JSONValue.object(config.changes).text(.compact)
        == #"{"beta":4.0,"latent":2,"hidden":[8,8],"schedule.warmup":10}"#)
  }

  @Test(arguments: [
    ("{beta: '4'}", #"beta in r.json5: expected a number, at least 0, found '"4"'"#),
    ("{beta: 2, schedule: {warmap: 1}}", "unknown key 'schedule.warmap' in r.json5"),
    (
      "{hidden: [1, 0]}",
      "hidden in r.json5: expected whole numbers separated by commas, each from 1 to 65536, found '[1,0]'"
    ),
    ("{beta: NaN}", "beta in r.json5: expected a number, at least 0, found 'null'"),
  ])
  func refusedFilesChangeNothing(text: String, message: String) throws {
    var config = Config(Keys.schema)
    let object = try JSON5Reader.object(text, source: "r.json5")
    let error = #expect(throws: ConfigError.self) { try config.apply(object, from: "r.json5") }
    #expect(error?.message == message)
    #expect(config == Config(Keys.schema))
  }

  @Test func theEffectiveConfigurationReadsBack() throws {
    var config = Config(Keys.schema)
    config[Keys.beta] = 0.25
    config[Keys.hidden] = [64, 32]
    config[Keys.note] = "a\"b"
    let text = JSONValue.object(config.json).text()
    var again = Config(Keys.schema)
    try again.apply(JSON5Reader.object(text, source: "run.json"), from: "run.json")
    #expect(again == config)
    #expect(config.json.members.map(\.name) == Keys.schema.fields.map(\.name))
  }

  @Test func schemasJoinInOrder() {
    let seed = ConfigKey("seed", default: 1, "Seed of all randomness.")
    let joined = Keys.schema + ConfigSchema(seed)
    #expect(joined.fields.map(\.name) == Keys.schema.fields.map(\.name) + ["seed"])
    #expect(Config(joined)[seed] == 1)
  }

  @Test func programmingMistakesStop() async {
    await #expect(processExitsWith: .failure) {
      _ = ConfigSchema(Keys.beta, Keys.beta)
    }
    await #expect(processExitsWith: .failure) {
      _ = ConfigKey("x", default: 0, in: .atLeast(1), "Out of its own bounds.")
    }
    await #expect(processExitsWith: .failure) {
      var config = Config(Keys.schema)
      config[Keys.latent] = 0
    }
  }
}
