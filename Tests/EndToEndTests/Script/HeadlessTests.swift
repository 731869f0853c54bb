import TestSupport
import Testing

extension EndToEnd {
  /// The program that runs itself: key scripts without a terminal.
  struct HeadlessTests {
    private static let demo = [
      "demo", "--headless", "--seed", "1", "--now", "2026-11-21T14:00:00Z",
    ]

    private static func play(_ script: String, _ arguments: [String] = []) throws -> BurnwatchRun {
      try BurnwatchRun(demo + arguments + ["--script", "-"], input: script)
    }

    @Test("The same script on the same seed gives the same bytes")
    func isDeterministic() throws {
      let script = """
        # A walk through every view.
        screen
        key j j Enter
        roles
        key Esc 2
        screen
        key ?
        screen
        wait 10m
        key 1
        resize 80x24
        screen
        """
      let first = try Self.play(script)
      let second = try Self.play(script)
      #expect(first.exitCode == 0)
      #expect(first.output == second.output)
      let rows = first.text.split(separator: "\n", omittingEmptySubsequences: false).dropLast()
      // Five screens, one of them with its roles, and an empty line between two.
      #expect(rows.count == 40 + 2 * 40 + 40 + 40 + 24 + 4)
    }

    @Test("Another seed gives another shop")
    func dependsOnSeed() throws {
      let first = try Self.play("screen\n")
      let second = try Self.play("screen\n", ["--seed", "7"])
      #expect(first.text != second.text)
    }

    @Test("Ten minutes later checkout pages, and before it does not")
    func checkoutPages() throws {
      let script = """
        reject PAGE
        wait 10m
        expect PAGE 1
        screen
        """
      let run = try Self.play(script)
      #expect(run.exitCode == 0, "\(run.complaint)")
      let first = run.text.split(separator: "\n").first { $0.contains("PAGE  ") }
      #expect(first?.contains("checkout") == true)
    }

    @Test("An expectation that does not hold is said on standard error and ends with 1")
    func failedExpectations() throws {
      let run = try Self.play("expect Nothing of the kind\nreject Service levels\n")
      #expect(run.exitCode == 1)
      #expect(
        run.complaint == """
          The screen does not show "Nothing of the kind".
          The screen shows "Service levels".

          """)
    }

    @Test("A script without a screen shows the last one")
    func showsLastScreen() throws {
      let run = try Self.play("key ?\n", ["--size", "80x24"])
      #expect(run.text.split(separator: "\n").count == 24)
      #expect(run.text.contains("MOVING"))
    }

    @Test("q ends a script where it would end the dashboard")
    func quits() throws {
      let run = try Self.play("screen\nkey q\nscreen\nexpect Nothing of the kind\n")
      #expect(run.exitCode == 0)
      #expect(run.text.split(separator: "\n").count == 40)
    }

    @Test("ASCII screens hold nothing but ASCII, and every row is as wide as the screen")
    func ascii() throws {
      let run = try Self.play("screen\nkey Enter\nscreen\nkey Esc 2\nscreen\n", ["--ascii"])
      #expect(run.output.allSatisfy { $0 == 0x0A || 0x20..<0x7F ~= $0 })
      let widths = Set(run.output.split(separator: 0x0A).map(\.count))
      #expect(widths == [120])
    }
  }
}
