import Screen
import TestSupport
import Testing

#if canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#elseif canImport(Darwin)
import Darwin
#endif

extension EndToEnd {
  /// A screen that something else has written on, and one whose size does not stand still.
  struct RepairTests {
    /// What `wall` and a background job leave behind.
    private static let foreign = "\u{1B}[10;1HBroadcast message from root\r\nmake: *** Error 2\r\n"

    /// Whether every pane has its whole border, and the last row its keys.
    private func frame(of screen: TerminalModel) -> Bool {
      screen.rows[1].hasPrefix("┌ Service levels") && screen.rows[1].hasSuffix("┐")
        && screen.rows.dropFirst().dropLast().allSatisfy { row in
          "┌│└".contains(row.first ?? " ") && "┐│┘".contains(row.last ?? " ")
        }
        && screen.rows.last?.contains("q quit") == true
    }

    @Test("ctrl-l removes what something else has written")
    func repairsOnRequest() throws {
      let session = try DashboardSession(["demo"])
      session.terminal.spoil(with: Self.foreign)
      try #require(session.terminal.wait(for: "Error 2"))
      #expect(!frame(of: session.terminal.screen))
      session.terminal.type("\u{C}")
      #expect(session.terminal.wait { frame(of: $0) && !$0.text.contains("Error 2") })
      session.quit()
    }

    @Test("Going on after SIGSTOP removes it by itself")
    func repairsOnContinue() throws {
      let session = try DashboardSession(["demo"])
      session.terminal.signal(SIGSTOP)
      session.terminal.spoil(with: Self.foreign)
      try #require(session.terminal.wait(for: "Error 2"))
      session.terminal.signal(SIGCONT)
      #expect(session.terminal.wait { frame(of: $0) && !$0.text.contains("Error 2") })
      session.quit()
    }

    @Test("A storm of a hundred sizes ends in the last one, with few frames on the way")
    func survivesStorm() throws {
      let session = try DashboardSession(["demo"])
      let start = session.terminal.output.count
      let began = ContinuousClock.now
      for step in 1...100 {
        session.terminal.resize(
          to: Size(columns: 60 + step * 37 % 120, rows: 15 + step * 13 % 40))
      }
      session.terminal.resize(to: Size(columns: 100, rows: 30))
      #expect(
        session.terminal.wait { frame(of: $0) && $0.rows[1].count == 100 },
        "\(session.terminal.screen.text)")
      let elapsed = ContinuousClock.now - began
      let text = String(decoding: session.terminal.output[start...], as: UTF8.self)
      let frames = text.ranges(of: "\u{1B}[2J").count
      // A frame at most every 33 ms, after the one at once.
      #expect(1...Int(elapsed / .milliseconds(33)) + 2 ~= frames, "\(frames) in \(elapsed)")
      session.quit()
    }
  }
}
