import Reliability
import Testing

@Suite("Matchers on alerts")
struct AlertMatcherTests {
  private static let hostile = [
    "pay", "say \"hi\"", "it's", "a\nb", "a\\b", ".*", "[a", "(", "{}", "é", "e\u{301}", "🚀", " ",
    "=~",
  ]

  @Test("Equality holds on the very bytes, whatever they are", arguments: hostile)
  func equality(value: String) throws {
    for other in Self.hostile {
      let labels = LabelSet(["team": other])
      let isSame = Array(value.utf8) == Array(other.utf8)
      #expect(try AlertMatcher(LabelMatcher("team", .equal, value)).matches(labels) == isSame)
      #expect(try AlertMatcher(LabelMatcher("team", .notEqual, value)).matches(labels) != isSame)
      let pattern = AnchoredPattern.escaping(value)
      #expect(try AlertMatcher(LabelMatcher("team", .matches, pattern)).matches(labels) == isSame)
      #expect(
        try AlertMatcher(LabelMatcher("team", .doesNotMatch, pattern)).matches(labels) != isSame)
    }
  }

  @Test(
    "An absent label is empty",
    arguments: [
      (LabelMatcher.Comparison.equal, "", true), (.notEqual, "", false), (.notEqual, "x", true),
      (.matches, ".*", true), (.matches, ".+", false), (.doesNotMatch, ".+", true),
      (.doesNotMatch, "x?", false),
    ])
  func absent(comparison: LabelMatcher.Comparison, value: String, holds: Bool) throws {
    let matcher = try AlertMatcher(LabelMatcher("team", comparison, value))
    #expect(matcher.matches(LabelSet(["alertname": "DiskFull"])) == holds)
  }

  @Test("All matchers of a silence must hold, and none at all hold on everything")
  func all() throws {
    let labels = LabelSet(["alertname": "DiskFull", "team": "pay"])
    let matchers = try AlertMatcher.compiled([
      LabelMatcher("alertname", .matches, "Disk.*"), LabelMatcher("team", .equal, "pay"),
    ])
    #expect(matchers.matches(labels))
    #expect(!matchers.matches(labels.without(["team"])))
    #expect([AlertMatcher]().matches(labels))
    #expect(throws: PatternError.self) {
      try AlertMatcher.compiled([LabelMatcher("team", .matches, "(")])
    }
  }

  @Test(
    "What Alertmanager refuses is refused, with the reason",
    arguments: [
      ([], "a silence needs a matcher; write one such as alertname=\"DiskFull\""),
      (
        [LabelMatcher("a", .equal, ""), LabelMatcher("b", .matches, ".*")],
        #"{a="", b=~".*"} would silence alerts without any of these labels, which Alertmanager "#
          + #"refuses; add a matcher with a value, such as alertname="DiskFull""#
      ),
      (
        [LabelMatcher("a", .equal, "b"), LabelMatcher("c", .matches, "(")],
        #"the pattern "(" of c cannot be used: "(" is never closed; add ")""#
      ),
      (
        [LabelMatcher("", .equal, "b")],
        #"the matcher "="b"" has no label; write its name first"#
      ),
    ] as [([LabelMatcher], String)])
  func refused(matchers: [LabelMatcher], reason: String) {
    #expect(AlertMatcher.refusalReason(of: matchers) == reason)
  }

  @Test(
    "What Alertmanager takes is taken: one matcher with a value, or a negative one",
    arguments: [
      [LabelMatcher("a", .equal, "b")],
      [LabelMatcher("a", .equal, ""), LabelMatcher("b", .matches, ".+")],
      [LabelMatcher("a", .notEqual, "b")], [LabelMatcher("a", .doesNotMatch, "b")],
    ])
  func taken(matchers: [LabelMatcher]) {
    #expect(AlertMatcher.refusalReason(of: matchers) == nil)
  }
}
