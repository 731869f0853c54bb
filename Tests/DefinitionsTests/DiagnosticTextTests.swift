import Testing

@testable import Definitions

@Suite("Texts in diagnostics")
struct DiagnosticTextTests {
  @Test(
    "A quoted value stays on one line and raw control characters never come through",
    arguments: [
      ("plain", "\"plain\""), ("a\nb", "\"a\\nb\""), ("a\r\nb", "\"a\\u{D}\\nb\""),
      ("\u{1B}[2J", "\"\\u{1B}[2J\""), ("\u{9B}x", "\"\\u{9B}x\""),
      ("\u{202E}x", "\"\\u{202E}x\""), ("\u{2028}", "\"\\u{2028}\""),
      ("caf\u{E9} \u{65E5}", "\"caf\u{E9} \u{65E5}\""), ("tab\t", "\"tab\\t\""),
    ])
  func quoting(text: String, quoted: String) {
    #expect(text.quoted == quoted)
  }

  @Test("A long value is cut")
  func cutting() {
    #expect(String(repeating: "x", count: 61).quoted.count == 65)
    #expect(String(repeating: "x", count: 60).quoted.hasSuffix("x\""))
  }

  @Test("A diagnostic reads file, position, severity, path, message, hint")
  func description() {
    let place = Place(file: "slo\n.yaml", line: 3, column: 7, path: "slos[0].objective")
    let problem = Problem.value(.noBudget("100"))
    #expect(
      Diagnostic(problem, at: place).description == """
        slo\\n.yaml:3:7: error: slos[0].objective: "100" is an objective of 100 %, which leaves no \
        error budget.
          hint: Write an objective below 100 %, such as 99.9.
        """)
  }
}
