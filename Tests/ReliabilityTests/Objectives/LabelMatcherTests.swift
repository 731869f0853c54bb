import Reliability
import Testing

@Suite("Label matchers")
struct LabelMatcherTests {
  @Test(
    "A list of matchers is read in the notation of Prometheus",
    arguments: [
      ("", []), ("{}", []), ("  { } ", []),
      (#"service="payments""#, [LabelMatcher("service", .equal, "payments")]),
      (#"{service="payments"}"#, [LabelMatcher("service", .equal, "payments")]),
      (
        #"service="payments",code!~"4..""#,
        [LabelMatcher("service", .equal, "payments"), LabelMatcher("code", .doesNotMatch, "4..")]
      ),
      (
        #"{ a = 'x' , b != "y" , c =~ "z|" , }"#,
        [
          LabelMatcher("a", .equal, "x"), LabelMatcher("b", .notEqual, "y"),
          LabelMatcher("c", .matches, "z|"),
        ]
      ),
      ("a=\"x\",\n  b=\"y\"", [LabelMatcher("a", .equal, "x"), LabelMatcher("b", .equal, "y")]),
      (#"_a9="}""#, [LabelMatcher("_a9", .equal, "}")]),
      (#"a="""#, [LabelMatcher("a", .equal, "")]),
      (#"a="grün 🚀""#, [LabelMatcher("a", .equal, "grün 🚀")]),
    ] as [(String, [LabelMatcher])])
  func reads(text: String, matchers: [LabelMatcher]) {
    #expect(LabelMatcher.list(parsing: text) == matchers)
  }

  @Test(
    "Escapes stand for what they escape",
    arguments: [
      (#"a="\"""#, "\""), (#"a="\\""#, "\\"), (#"a="\n""#, "\n"), (#"a='\''"#, "'"),
      (#"a="\\d+""#, "\\d+"), (#"a="'""#, "'"), (#"a='"'"#, "\""),
    ])
  func escapes(text: String, value: String) {
    #expect(LabelMatcher.list(parsing: text) == [LabelMatcher("a", .equal, value)])
  }

  @Test(
    "What is no list of matchers is refused",
    arguments: [
      "a", "a=", "a=b", #"a="b"#, #"a='b""#, #"a=="b""#, #"a=~~"b""#, #"a!"b""#, #"="b""#,
      #"9a="b""#, #"a-b="c""#, #"ä="b""#, ",", #",a="b""#, #"a="b",,c="d""#, #"a="b" c="d""#,
      #"{a="b""#, #"a="b"}"#, #"{a="b"} x"#, "{{}}", #"a="\x""#, #"a="\"#,
    ])
  func refuses(text: String) {
    #expect(LabelMatcher.list(parsing: text) == nil)
  }

  @Test(
    "The text is PromQL with the value escaped, and reads back as the matcher",
    arguments: LabelMatcher.Comparison.allCases,
    ["", "payments", "5..", #"\d+"#, #"say "hi""#, "a\nb", "it's", "}", "{{window}}", "é\u{301}"])
  func roundTrip(comparison: LabelMatcher.Comparison, value: String) {
    let matcher = LabelMatcher("code", comparison, value)
    #expect(!matcher.description.contains("\n"))
    #expect(LabelMatcher.list(parsing: matcher.description) == [matcher])
    #expect(LabelMatcher.list(parsing: "{\(matcher),\(matcher)}") == [matcher, matcher])
  }

  @Test("The text has no spaces")
  func description() {
    #expect(LabelMatcher("code", .matches, #"5"\"#).description == #"code=~"5\"\\""#)
  }

  @Test(
    "The negation of a matcher has the opposite comparison, and negating twice changes nothing",
    arguments: [
      (LabelMatcher.Comparison.equal, LabelMatcher.Comparison.notEqual),
      (.matches, .doesNotMatch),
    ])
  func negation(comparison: LabelMatcher.Comparison, opposite: LabelMatcher.Comparison) {
    let matcher = LabelMatcher("code", comparison, "5..")
    #expect(matcher.negated == LabelMatcher("code", opposite, "5.."))
    #expect(matcher.negated.negated == matcher)
  }
}
