import Testing

@testable import Reliability

@Suite("Patterns that cannot be compiled")
struct PatternErrorTests {
  @Test(
    "Every error names its place and what is wrong",
    arguments: [
      ("a(b", 1, .unclosedGroup), ("((a)", 0, .unclosedGroup), ("(?i", 0, .unclosedGroup),
      ("a)", 1, .unopenedGroup), ("a)|(?:b", 1, .unopenedGroup), ("a[b", 1, .unclosedClass),
      ("[]", 0, .unclosedClass), ("[^]", 0, .unclosedClass), ("[a-", 0, .unclosedClass),
      ("*a", 0, .nothingToRepeat("*")), ("a|+", 2, .nothingToRepeat("+")),
      ("(?:?)", 3, .nothingToRepeat("?")), ("{2}a", 0, .nothingToRepeat("{2}")),
      ("a**", 2, .repeatedTwice("*")), ("a*{2}", 2, .repeatedTwice("{2}")),
      ("a??+", 3, .repeatedTwice("+")), ("a{1001}", 1, .repeatedTooOften("{1001}")),
      ("a{99999999999999999999}", 1, .repeatedTooOften("{99999999999999999999}")),
      ("a{1,1001}", 1, .repeatedTooOften("{1,1001}")),
      ("(a{100}){11}", 8, .repeatedTooOften("{11}")),
      ("((a{100})*){11}", 11, .repeatedTooOften("{11}")),
      ("a{3,2}", 1, .repetitionOutOfOrder("{3,2}")), ("a\\", 1, .loneBackslash),
      (#"[\"#, 1, .loneBackslash), (#"a\q"#, 1, .unknownEscape(#"\q"#)),
      (#"\E"#, 0, .unknownEscape(#"\E"#)), (#"\C"#, 0, .unknownEscape(#"\C"#)),
      (#"\Z"#, 0, .unknownEscape(#"\Z"#)), (#"[\b]"#, 1, .unknownEscape(#"\b"#)),
      (#"\é"#, 0, .unknownEscape(#"\é"#)), (#"[a-\d]"#, 3, .unknownEscape(#"\d"#)),
      (#"(a)\1"#, 3, .backReference(#"\1"#)), ("(?P=x)", 0, .backReference("(?P=")),
      (#"\x4"#, 0, .noCharacter(#"\x4"#)), (#"\x{110000}"#, 0, .noCharacter(#"\x{110000}"#)),
      (#"\x{}"#, 0, .noCharacter(#"\x{}"#)), (#"\x{12"#, 0, .noCharacter(#"\x{12"#)),
      ("a(?=b)", 1, .lookAround("(?=")), ("(?!b)", 0, .lookAround("(?!")),
      ("(?<=b)", 0, .lookAround("(?<=")), ("(?<!b)", 0, .lookAround("(?<!")),
      ("(?x)", 0, .unknownGroup("(?x")), ("(?>a)", 0, .unknownGroup("(?>")),
      ("(?-)", 0, .unknownGroup("(?-)")), ("(?i--s)", 0, .unknownGroup("(?i--")),
      ("(?P<a-b>c)", 4, .groupName("a-b")), ("(?<>c)", 3, .groupName("")),
      ("(?<é>c)", 3, .groupName("é")), ("(?<a>b)(?P<a>c)", 11, .groupNameTwice("a")),
      (#"\p{Greek}"#, 0, .unknownProperty(#"\p{Greek}"#)), (#"\p"#, 0, .unknownProperty(#"\p"#)),
      (#"\p{L"#, 0, .unknownProperty(#"\p{L"#)), (#"[\pX]"#, 1, .unknownProperty(#"\pX"#)),
      (#"\p{}"#, 0, .unknownProperty(#"\p{}"#)),
      ("[[:foo:]]", 1, .unknownClass("[:foo:]")), ("a[z-a]", 2, .rangeOutOfOrder("z-a")),
    ] as [(String, Int, PatternError.Problem)])
  func problems(pattern: String, position: Int, problem: PatternError.Problem) {
    let expected = PatternError(position: position, problem: problem)
    #expect(throws: expected, "\(pattern)") { try AnchoredPattern(pattern) }
    let message = expected.message
    #expect(!message.isEmpty && !message.hasSuffix("."))
    #expect(message.contains(";") || message.contains("use"), "\(message) says no next step")
  }

  @Test("Sizes are limited: length, steps and groups within groups")
  func limits() throws {
    let limit = AnchoredPattern.lengthLimit
    _ = try AnchoredPattern(String(repeating: "é", count: limit))
    #expect(throws: PatternError(position: limit, problem: .tooLong(limit: limit))) {
      try AnchoredPattern(String(repeating: "a", count: limit + 1))
    }
    #expect(throws: PatternError(position: 0, problem: .tooLarge)) {
      try AnchoredPattern("(?:" + String(repeating: "a", count: 100) + "){1000}")
    }
    let nested = { String(repeating: "(", count: $0) + "a" + String(repeating: ")", count: $0) }
    #expect(try AnchoredPattern(nested(200)).matches("a"))
    #expect(throws: PatternError(position: 200, problem: .nestedTooDeeply(limit: 200))) {
      try AnchoredPattern(nested(2_000))
    }
  }

  @Test("The largest patterns compile and answer in bounded time", .timeLimit(.minutes(1)))
  func largest() throws {
    let long = String(repeating: "a", count: 5_000)
    #expect(try !AnchoredPattern("[^b]{1,1000}").matches(long))
    #expect(try AnchoredPattern("(?:[a-m]|[b-z])*").matches(long))
    let words = (0..<400).map { "host-\($0)" }.joined(separator: "|")
    #expect(try AnchoredPattern(words).matches("host-399"))
    #expect(try !AnchoredPattern(words).matches("host-400"))
    let wide =
      "(?i)[" + (0x400..<0x460).compactMap(Unicode.Scalar.init).map { "\($0)" }.joined() + "]+"
    #expect(try AnchoredPattern(wide).matches("привет"))
  }

  @Test("Messages quote what is wrong and say what to do")
  func messages() {
    let error = { PatternError(position: 0, problem: $0).message }
    #expect(
      error(.nothingToRepeat("*"))
        == #"nothing to repeat before "*"; write "\*" for the character"#)
    #expect(
      error(.lookAround("(?="))
        == #""(?=" looks around, which Prometheus does not know; use a second matcher"#)
    #expect(
      error(.unknownEscape(#"\q"#)) == #""\q" has no meaning; write "\\" for a backslash"#)
    #expect(error(.unknownGroup(String(repeating: "x", count: 90))).unicodeScalars.count < 120)
  }
}
