import Screen
import Terminal
import Testing

@testable import Commands

/// What is said of the terminal.
@Suite struct TerminalCheckTests {
  private static func facts(
    isTerminal: Bool = true, _ description: TerminalFacts.Description = .usable(colors: 256),
    isLocaleInstalled: Bool = true, isUTF8: Bool = true,
    size: Size? = Size(columns: 120, rows: 40), misjudged: [Unicode.Scalar] = []
  ) -> TerminalFacts {
    TerminalFacts(
      isInputTerminal: isTerminal, isOutputTerminal: isTerminal, description: description,
      isLocaleInstalled: isLocaleInstalled, isUTF8: isUTF8, size: size, misjudged: misjudged)
  }

  private static func verdict(
    _ check: String, _ facts: TerminalFacts, _ environment: [String: String] = [:]
  ) -> Verdict? {
    let usual = ["TERM": "xterm-256color", "LANG": "C.UTF-8"]
    return TerminalCheck(facts: facts, environment: usual.merging(environment) { $1 })
      .findings.first { $0.check == check }?.verdict
  }

  @Test("A good terminal is a line of ok for each look")
  func healthy() {
    let findings = TerminalCheck(
      facts: Self.facts(), environment: ["TERM": "xterm-256color", "LANG": "C.UTF-8"]
    ).findings
    #expect(findings.map(\.check) == ["type", "colors", "locale", "widths", "size"])
    #expect(findings.allSatisfy { $0.verdict.status == .ok && $0.verdict.advice == nil })
    #expect(
      findings.map(\.verdict.found) == [
        "Terminfo knows the terminal type \"xterm-256color\".", "256 colors.",
        "The locale \"C.UTF-8\" is UTF-8.",
        "The C library measures burnwatch's signs as they are drawn.",
        "120 columns and 40 rows.",
      ])
  }

  @Test("Without a terminal and without TERM everything is skipped, with the reason")
  func absent() {
    let findings = TerminalCheck(
      facts: Self.facts(isTerminal: false, .unknown, size: nil), environment: [:]
    ).findings
    #expect(findings.map(\.verdict.status) == [.skipped])
    #expect(
      findings.first?.verdict.found
        == "Neither standard input nor standard output is a terminal, and TERM is not set.")
  }

  @Test("In a pipe TERM alone is looked at, and the size is skipped")
  func pipe() {
    let facts = Self.facts(isTerminal: false, size: nil)
    #expect(Self.verdict("type", facts)?.status == .ok)
    #expect(Self.verdict("size", facts)?.status == .skipped)
  }

  @Test("A type that terminfo lacks is a warning, one without a cursor an error")
  func types() {
    let unknown = Self.verdict("type", Self.facts(.unknown), ["TERM": "xterm-ghostty"])
    #expect(unknown?.status == .warning)
    #expect(
      unknown?.found
        == "Terminfo has no terminal type \"xterm-ghostty\"; a common one will stand in.")
    #expect(unknown?.advice?.contains("TERM=xterm-256color") == true)
    let dumb = Self.verdict("type", Self.facts(.withoutCursor), ["TERM": "dumb"])
    #expect(dumb?.status == .error)
    #expect(dumb?.found.contains("\"dumb\" cannot move its cursor") == true)
    #expect(
      Self.verdict("type", Self.facts(.unknown), ["TERM": ""])?.found.contains("not set") == true)
  }

  @Test("Colors are counted, absent, or refused by NO_COLOR")
  func colors() {
    #expect(Self.verdict("colors", Self.facts(.usable(colors: 8)))?.found == "8 colors.")
    #expect(
      Self.verdict("colors", Self.facts(.usable(colors: 0)))?.found
        == "The terminal type has no colors; attributes such as bold stand in.")
    #expect(
      Self.verdict("colors", Self.facts(), ["NO_COLOR": "1"])?.found
        == "NO_COLOR is set: no colors, only attributes such as bold.")
  }

  @Test("LC_ALL beats LC_CTYPE beats LANG, and what is wrong with it is named")
  func locales() {
    let missing = Self.verdict(
      "locale", Self.facts(isLocaleInstalled: false),
      ["LANG": "C", "LC_CTYPE": "de_DE.UTF-8", "LC_ALL": "xx_XX.UTF-8"])
    #expect(missing?.status == .warning)
    #expect(missing?.found == "The locale \"xx_XX.UTF-8\" is not installed here.")
    let latin = Self.verdict("locale", Self.facts(isUTF8: false), ["LC_CTYPE": "de_DE"])
    #expect(latin?.found == "The locale \"de_DE\" is not UTF-8, so ASCII signs are drawn.")
    #expect(
      Self.verdict("locale", Self.facts(), ["LANG": ""])?.found
        == "The locale says nothing of characters; C.UTF-8 stands in.")
  }

  @Test("Signs that the C library measures otherwise are listed by their code")
  func widths() {
    let verdict = Self.verdict("widths", Self.facts(misjudged: ["\u{2588}", "\u{25B6}"]))
    #expect(verdict?.status == .warning)
    #expect(
      verdict?.found == "The C library measures 2 of burnwatch's signs otherwise: U+2588 U+25B6.")
  }

  @Test("A window below the least size is a warning that names both")
  func size() {
    let verdict = Self.verdict("size", Self.facts(size: Size(columns: 59, rows: 15)))
    #expect(verdict?.status == .warning)
    #expect(verdict?.found == "59 columns and 15 rows are too few for the views.")
    #expect(
      verdict?.advice == "Make the window at least 60 columns wide and 15 rows high.")
    #expect(Self.verdict("size", Self.facts(size: Size(columns: 60, rows: 15)))?.status == .ok)
  }

  @Test("Inside tmux or screen, TERM must be of their kind")
  func multiplexers() {
    let tmux = ["TMUX": "/tmp/tmux-1000/default,1,0"]
    #expect(Self.verdict("multiplexer", Self.facts()) == nil)
    #expect(
      Self.verdict("multiplexer", Self.facts(), tmux.merging(["TERM": "tmux-256color"]) { $1 })
        == .ok("Inside tmux."))
    let foreign = Self.verdict("multiplexer", Self.facts(), tmux)
    #expect(foreign?.status == .warning)
    #expect(
      foreign?.found
        == "Inside tmux, and TERM is \"xterm-256color\", which is another program's.")
    #expect(
      Self.verdict("multiplexer", Self.facts(), ["STY": "1.pts", "TERM": "screen"])?.found
        == "Inside screen.")
  }
}
