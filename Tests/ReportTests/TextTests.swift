import Testing

@testable import Report

@Suite struct TextTests {
  @Test func valuesHaveAsManyPlacesAsTheirIntervalSupports() {
    let wide = MetricRow("m", value: -103.4237, unit: "nat", interval: -110.2...(-98.1))
    #expect(wide.valueText == "-103.4" && wide.intervalText == "-110.2 to -98.1")
    let narrow = MetricRow("m", value: 0.032983, unit: "", interval: 0.0312607...0.0347052)
    #expect(narrow.valueText == "0.0330" && narrow.intervalText == "0.0313 to 0.0347")
    let point = MetricRow("m", value: 7, unit: "", interval: 7...7)
    #expect(point.valueText == "7" && point.intervalText == "7")
  }

  @Test func markupIsEscapedAndControlCharactersAreReplaced() {
    #expect(
      HTML.escape("<a b='c\"&\u{0}\u{7F}ü\n") == "&lt;a b=&#39;c&quot;&amp;\u{FFFD}\u{FFFD}ü\n")
  }

  @Test func jsonCannotEndTheScriptThatHoldsIt() throws {
    let text = try HTML.json(["</script><!-- & \u{2028}"])
    #expect(text == #"["\u003c/script\u003e\u003c!-- \u0026 \u2028"]"#)
  }

  @Test(arguments: [
    ("elbo", "ELBO"), ("totalCorrelation", "Total correlation"), ("kl_divergence", "KL divergence"),
    ("rate", "Rate"), ("ELBO", "ELBO"), ("vqLoss", "VQ loss"), ("", ""),
  ])
  func termsGetTheirTitles(name: (String, String)) {
    #expect(TermName.title(name.0) == name.1)
  }
}
