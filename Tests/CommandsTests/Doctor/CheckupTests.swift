import Foundation
import Testing

@testable import Commands

/// How findings add up, and how they are printed.
@Suite struct CheckupTests {
  private struct Seen: Observation {
    let verdict: Verdict
    var check: String { "look" }
  }

  private static let fine = Finding(.terminal, Seen(verdict: .ok("All is well.")))
  private static let odd = Finding(.time, Seen(verdict: .warning("It is late.", "Go home.")))
  private static let bad = Finding(.source("prom"), Seen(verdict: .error("It burns.", "Run.")))
  private static let skipped = Finding(.terminal, Seen(verdict: .skipped("No terminal.")))

  private static func checkup(
    _ findings: [Finding], hasConfiguration: Bool = true, isCutOff: Bool = false
  ) -> Checkup {
    Checkup(findings: findings, hasConfiguration: hasConfiguration, isCutOff: isCutOff)
  }

  @Test("Errors are 1, a source out of reach 2, no configuration 78; warnings and skips are 0")
  func exitCodes() {
    #expect(Self.checkup([Self.fine, Self.odd, Self.skipped]).status == .fine)
    #expect(Self.checkup([Self.fine, Self.bad]).status == .findings)
    #expect(Self.checkup([Self.bad], isCutOff: true).status == .cannotTell)
    #expect(
      Self.checkup([Self.bad], hasConfiguration: false, isCutOff: true).status == .configuration)
  }

  @Test("Text is grouped by subject, a line each, the advice indented below")
  func text() {
    #expect(
      Self.checkup([Self.fine, Self.skipped, Self.odd, Self.bad]).text == [
        "terminal",
        "  ok       look         All is well.",
        "  skipped  look         No terminal.",
        "",
        "time",
        "  warning  look         It is late.",
        "                          Go home.",
        "",
        "source prom",
        "  error    look         It burns.",
        "                          Run.",
        "",
        "1 error, 1 warning.",
      ])
    #expect(Self.checkup([Self.fine]).text.last == "No problems found.")
  }

  @Test("JSON is an array in the order of the text, with every documented member")
  func json() throws {
    let text = Self.checkup([Self.fine, Self.bad]).json.text
    let array = try #require(
      try JSONSerialization.jsonObject(with: Data(text.utf8)) as? [[String: Any]])
    #expect(array.count == 2)
    #expect(array[0]["advice"] is NSNull)
    #expect(
      array[1] as? [String: String] == [
        "subject": "source prom", "check": "look", "status": "error", "found": "It burns.",
        "advice": "Run.",
      ])
  }
}
