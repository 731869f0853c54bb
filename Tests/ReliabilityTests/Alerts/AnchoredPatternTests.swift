import Testing

@testable import Reliability

@Suite("Anchored patterns")
struct AnchoredPatternTests {
  @Test(
    "A pattern matches whole texts, and no part of one",
    arguments: [
      ("", "", true), ("", "a", false), ("a", "a", true), ("a", "ab", false),
      ("a", "ba", false), ("ab", "ab", true), ("a|b", "b", true), ("a|bc", "abc", false),
      ("ab|c", "c", true), ("a||b", "", true), ("()", "", true), ("(|a)b", "b", true),
      ("pay.*", "payments", true), ("pay.*", "repay", false), (".+", "", false),
      (".", "\n", false), (".*", "a\nb", false), ("(?s).*", "a\nb", true), (".", "é", true),
      (".", "e\u{301}", false), ("..", "e\u{301}", true), (".", "🚀", true),
      (".{2}", "\r\n", false), ("\\r\\n", "\r\n", true),
    ])
  func whole(pattern: String, text: String, isMatch: Bool) throws {
    try check(pattern, text, isMatch)
  }

  @Test(
    "Repetitions count, and lazy ones match the same",
    arguments: [
      ("a*", "", true), ("a*", "aaa", true), ("a+", "", false), ("a+?", "aa", true),
      ("a?", "aa", false), ("a??", "a", true), ("a*?b", "aab", true), ("a{2}", "aa", true),
      ("a{2}", "aaa", false), ("a{2,}", "a", false), ("a{2,}?", "aaaa", true),
      ("a{2,3}", "aaaa", false), ("a{0}", "", true), ("a{0}", "a", false), ("a{0,2}", "aa", true),
      ("(ab){2}", "abab", true), ("(a*)*", "aaa", true), ("(a|b*)*c", "abbac", true),
      ("(a?){3}", "aa", true), ("(a*)+", "", true), ("(a{2}){3}", "aaaaaa", true),
      ("a{,2}", "a{,2}", true), ("a{", "a{", true), ("a{2", "a{2", true), ("a{02}", "a{02}", true),
      ("a}", "a}", true), ("a]", "a]", true), ("^*a", "a", true),
      ("a(?i)*", "aaa", true),
    ])
  func repetitions(pattern: String, text: String, isMatch: Bool) throws {
    try check(pattern, text, isMatch)
  }

  @Test(
    "Escapes stand for scalars and classes",
    arguments: [
      (#"\."#, ".", true), (#"\."#, "a", false), (#"\_\-\/"#, "_-/", true),
      (#"\t\n\r\f\v\a"#, "\t\n\r\u{0C}\u{0B}\u{07}", true), (#"\x41"#, "A", true),
      (#"\x{1F680}"#, "🚀", true), (#"\x{e9}"#, "é", true), (#"\101\0"#, "A\0", true),
      (#"\d+"#, "0189", true), (#"\d"#, "٣", false), (#"\D"#, "٣", true), (#"\D"#, "\n", true),
      (#"\w+"#, "aZ_9", true), (#"\w"#, "é", false), (#"\W"#, "é", true), (#"\s"#, " ", true),
      (#"\s"#, "\u{0B}", false), (#"\S"#, "\u{0B}", true), (#"\Qa.b*\E+"#, "a.b**", true),
      (#"\Qa|b)"#, "a|b)", true), (#"\Q\E"#, "", true), (#"\Q\d\E\d"#, #"\d7"#, true),
      (#"\pL+"#, "aßД日", true), (#"\p{Lu}"#, "Д", true), (#"\p{Lu}"#, "д", false),
      (#"\P{Lu}"#, "д", true), (#"\p{^Lu}"#, "д", true), (#"\P{^Lu}"#, "Д", true),
      (#"\pN"#, "Ⅷ", true), (#"\p{Any}"#, "🚀", true), (#"[\p{Lu}\d]+"#, "Д7", true),
    ])
  func escapes(pattern: String, text: String, isMatch: Bool) throws {
    try check(pattern, text, isMatch)
  }

  @Test(
    "Classes have ranges, negation, and classes within",
    arguments: [
      ("[abc]", "b", true), ("[a-c]", "d", false), ("[^a-c]", "d", true), ("[^a]", "\n", true),
      ("[]a]", "]", true), ("[^]a]", "]", false), ("[a-]", "-", true), ("[-a]", "-", true),
      ("[a-c-e]", "-", true), ("[a^]", "^", true), (#"[\]]"#, "]", true), (#"[\d-z]"#, "-", true),
      (#"[\D]"#, "5", false), (#"[^\D]"#, "5", true), (#"[\x41-\x43]"#, "B", true),
      ("[[:alpha:]]+", "aZ", true), ("[[:alpha:]]", "é", false), ("[[:^alpha:]]", "é", true),
      ("[[:word:]_-]+", "a-_9", true), ("[^[:space:]]", "\u{0B}", false),
      ("[[:a]", ":", true), ("[[]", "[", true), ("[а-я]+", "привет", true), ("[.*+?]+", "?*", true),
      ("[🚀-🛀]", "🚂", true),
    ])
  func classes(pattern: String, text: String, isMatch: Bool) throws {
    try check(pattern, text, isMatch)
  }

  @Test(
    "Groups carry flags, which end with the group",
    arguments: [
      ("(?:ab)+", "abab", true), ("(?P<name>a)", "a", true), ("(?<name_1>a)", "a", true),
      ("(?i)Pay", "pAY", true), ("a(?i)b", "aB", true), ("a(?i)b", "AB", false),
      ("(a(?i)b)c", "aBC", false), ("(?i:a)b", "Ab", true), ("(?i:a)b", "AB", false),
      ("(?i)a(?-i)b", "AB", false), ("(?i)a(?-i)b", "Ab", true), ("a(?i)b|c", "C", true),
      ("(?is).", "\n", true), ("(?s-s).", "\n", false), ("(?U)a+", "aa", true), ("(?)a", "a", true),
      ("(?m)^a$\n^b$", "a\nb", true), ("(?m)a$.^b", "a\nb", false), ("(?ms)a$.^b", "a\nb", true),
    ])
  func groups(pattern: String, text: String, isMatch: Bool) throws {
    try check(pattern, text, isMatch)
  }

  @Test(
    "Ignoring case follows Unicode's simple folding",
    arguments: [
      ("(?i)k", "\u{212A}", true), ("(?i)\u{212A}", "K", true), ("(?i)s", "ſ", true),
      ("(?i)σ", "ς", true), ("(?i)ς", "Σ", true), ("(?i)ß", "ẞ", true), ("(?i)ß", "ss", false),
      ("(?i)д", "Д", true), ("(?i)µ", "μ", true), ("(?i)i", "İ", false), ("(?i)ı", "I", false),
      ("(?i)[^k]", "\u{212A}", false), ("(?i)[a-z]+", "ſK", true), (#"(?i)\w"#, "ſ", true),
      (#"(?i)\W"#, "ſ", false), (#"(?i)\p{Lu}"#, "a", true), ("(?i)[^\\W]", "ſ", true),
      ("(?i)dž", "ǅ", false), ("(?i)ǆ", "ǅ", true),
    ])
  func folding(pattern: String, text: String, isMatch: Bool) throws {
    try check(pattern, text, isMatch)
  }

  @Test(
    "Assertions look at both sides, and words are of ASCII",
    arguments: [
      ("^a$", "a", true), (#"\Aa\z"#, "a", true), ("a^b", "ab", false), ("a$b", "ab", false),
      ("a$", "a\n", false), ("a$\n", "a\n", false), ("(?m)a$\n", "a\n", true),
      (#".*\bpay\b.*"#, "we pay now", true), (#".*\bpay\b.*"#, "repayment", false),
      (#"\b"#, "", false), (#"\B"#, "", true), (#"\ba\b"#, "a", true), (#"a\B-"#, "a-", false),
      (#"a\b-"#, "a-", true), (#"é\ba"#, "éa", true), (#"a\bé"#, "aé", true),
      (#"(?:\b|x)*a"#, "xa", true), (#"(?:^a|b)*"#, "ab", true), (#"(?:^a|b)*"#, "ba", false),
    ])
  func assertions(pattern: String, text: String, isMatch: Bool) throws {
    try check(pattern, text, isMatch)
  }

  @Test("Patterns that ruin other engines are decided at once", .timeLimit(.minutes(1)))
  func hostile() throws {
    let many = String(repeating: "a", count: 10_000)
    for pattern in ["(a*)*b", "(a+)+b", "(a|a)*b", "(a|aa)+b", "(.*)*b", "(?:a?){500}b", ".*.*.*b"]
    {
      try check(pattern, many, false)
      try check(pattern, many + "é", false)
    }
    try check("(a*)*b", many + "b", true)
    let exponential = try AnchoredPattern("(a|b)*a(a|b){30}")
    #expect(!exponential.hasTable)
    #expect(exponential.matches(many))
    #expect(!exponential.matches(many + String(repeating: "b", count: 31)))
  }

  @Test("A pattern made of a text matches that text and no other")
  func escaping() throws {
    var random = SteadyRandom(seed: 5)
    for _ in 0..<300 {
      let text = random.text(of: #"ab1.+*?()|[]{}^$\"'/-_ é"# + "\n", upTo: 8)
      let pattern = try AnchoredPattern(AnchoredPattern.escaping(text))
      #expect(pattern.matches(text), "\(text)")
      #expect(!pattern.matches(text + "a") && !pattern.matches("a" + text), "\(text)")
    }
  }

  @Test("Patterns are equal when their bytes are")
  func equality() throws {
    #expect(try AnchoredPattern("a.") == AnchoredPattern("a."))
    #expect(try AnchoredPattern("é") != AnchoredPattern("e\u{301}"))
    #expect(try Set([AnchoredPattern("a"), AnchoredPattern("a")]).count == 1)
  }

  private func check(_ pattern: String, _ text: String, _ isMatch: Bool) throws {
    let compiled = try AnchoredPattern(pattern)
    #expect(compiled.matches(text) == isMatch, "\(pattern) on \(text.prefix(40))")
    #expect(compiled.matchesBySimulation(text) == isMatch, "\(pattern) on \(text.prefix(40))")
  }
}
