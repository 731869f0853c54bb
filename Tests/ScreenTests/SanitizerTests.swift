import Testing
import TestSupport

@testable import Screen

struct SanitizerTests {
  @Test(
    "Each kind of scalar has its rule",
    arguments: [
      ("plain text", "plain text"),
      ("naïve café", "naïve café"),
      ("日本語", "日本語"),
      // Controls are seen, not obeyed.
      ("A\u{1B}[31mB", "A\u{FFFD}[31mB"),
      ("bell\u{7}", "bell\u{FFFD}"),
      ("back\u{8}\u{8}", "back\u{FFFD}\u{FFFD}"),
      ("A\u{7F}B", "A\u{FFFD}B"),
      ("A\u{9B}31mB", "A\u{FFFD}31mB"),
      ("\0", "\u{FFFD}"),
      // Line ends and tabs are blanks.
      ("a\tb", "a b"), ("a\nb", "a b"), ("a\rb", "a b"), ("a\r\nb", "a b"), ("a\u{B}b", "a b"),
      ("a\u{C}b", "a b"), ("a\u{85}b", "a b"), ("a\u{2028}b", "a b"), ("a\u{2029}b", "a b"),
      ("a\n\nb", "a  b"), ("a\r", "a "),
      // What reorders or is not seen goes.
      ("A\u{202E}gnp.exe", "Agnp.exe"), ("A\u{2066}B\u{2069}", "AB"), ("\u{200F}x\u{061C}", "x"),
      ("a\u{200B}b\u{200D}c\u{2060}d\u{FEFF}", "abcd"), ("soft\u{AD}hyphen", "softhyphen"),
      ("tag\u{E0001}\u{E0041}\u{E007F}", "tag"), ("⚠\u{FE0F}|", "⚠|"), ("x\u{E0100}", "x"),
      ("\u{3164}blank\u{115F}", "blank"), ("c\u{034F}d", "cd"),
      // Marks stay with their base, four at most, and never stand alone.
      ("e\u{301}", "e\u{301}"),
      ("e\u{301}\u{302}\u{303}\u{304}\u{305}x", "e\u{301}\u{302}\u{303}\u{304}x"),
      ("\u{301}a", "\u{25CC}\u{301}a"),
      ("\u{1B}\u{301}", "\u{FFFD}\u{301}"),
      ("e\u{200D}\u{301}", "e\u{301}"),
      // Emoji sequences fall into their parts.
      ("👨‍👩‍👧", "👨👩👧"), ("👍🏽", "👍"), ("🇩🇪", "DE"), ("1\u{FE0F}\u{20E3}", "1\u{20E3}"),
      // What has no certain width is replaced.
      ("\u{1FAE9}|", "\u{FFFD}|"), ("\u{E000}", "\u{FFFD}"), ("\u{FFFE}", "\u{FFFD}"),
      ("\u{0600}1", "\u{FFFD}1"),
    ])
  func rules(text: String, safe: String) {
    // Scalars, because strings compare by canonical equivalence.
    #expect(Array(Sanitizer.line(text).unicodeScalars) == Array(safe.unicodeScalars))
  }

  @Test("In ASCII the replacement sign is a question mark")
  func asciiReplacement() {
    #expect(Sanitizer.line("A\u{1B}[0m", glyphs: .ascii) == "A?[0m")
  }

  @Test("Substrings are sanitized like strings")
  func substrings() {
    #expect(Sanitizer.line("drop a\u{7}b".dropFirst(5)) == "a\u{FFFD}b")
  }

  @Test("A line is cut at the limit and says so")
  func limit() {
    #expect(Sanitizer.line("abcdef", limit: 6) == "abcdef")
    #expect(Sanitizer.line("abcdef", limit: 5) == "abcde…")
    #expect(Sanitizer.line("äbcdef", limit: 5) == "äbcde…")
    #expect(Sanitizer.line("äbcdef", limit: 5, glyphs: .ascii) == "äbcde~")
    #expect(Sanitizer.line("ä", limit: 0) == "…")
  }

  @Test("Paragraphs end at every kind of line end")
  func paragraphs() {
    #expect(
      Sanitizer.paragraphs("a\nb\r\nc\rd\u{2028}e\u{85}\u{1B}f\n")
        == ["a", "b", "c", "d", "e", "\u{FFFD}f", ""])
    #expect(Sanitizer.paragraphs("") == [""])
  }

  @Test("Sanitizing twice changes nothing more", arguments: HostileText.all)
  func idempotent(text: HostileText) {
    let once = Sanitizer.line(text.input)
    #expect(Array(Sanitizer.line(once).unicodeScalars) == Array(once.unicodeScalars))
  }

  @Test("Every scalar that Unicode calls ignorable or a bidirectional control is dropped")
  func invisibleScalars() {
    let shown = (UInt32(0)...0x10FFFF).compactMap(Unicode.Scalar.init).filter { scalar in
      (scalar.properties.isDefaultIgnorableCodePoint || scalar.properties.isBidiControl)
        && Sanitizer.treatment(of: scalar) != .dropped
    }
    #expect(shown.map { String($0.value, radix: 16) } == [])
  }

  @Test("No scalar of Unicode is let through that moves, reorders or hides text")
  func everyScalar() {
    let leaks = (UInt32(0)...0x10FFFF).compactMap(Unicode.Scalar.init).filter { scalar in
      switch Sanitizer.treatment(of: scalar) {
      case .shown, .mark: !scalar.isHarmless
      case .replaced(let other): !other.isHarmless
      case .refused, .dropped: false
      }
    }
    #expect(leaks.map { String($0.value, radix: 16) } == [])
  }
}
