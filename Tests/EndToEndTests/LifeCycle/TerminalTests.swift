import Screen
import TestSupport
import Testing

extension EndToEnd {
  /// The dashboard in terminals of every kind.
  struct TerminalTests {
    @Test("The whole screen follows the terminal's size, and back")
    func resizes() throws {
      let session = try DashboardSession(["demo"])
      let terminal = session.terminal
      for (columns, rows) in [(80, 24), (200, 60), (60, 15), (120, 40)] {
        terminal.resize(to: Size(columns: columns, rows: rows))
        let isDrawn = terminal.wait { screen in
          screen.rows.last?.contains("q quit") == true && screen.rows[1].hasSuffix("┐")
            && screen.rows[rows - 2].hasSuffix("┘")
        }
        #expect(isDrawn, "\(columns)x\(rows)\n\(terminal.screen.text)")
        let frame = terminal.screen.rows[1]
        #expect(frame.hasPrefix("┌") && frame.hasSuffix("┐"))
        #expect(frame.count == columns)
      }
      terminal.resize(to: Size(columns: 30, rows: 8))
      #expect(terminal.wait(for: "needs 60x15, has 30x8"))
      terminal.resize(to: Size(columns: 80, rows: 24))
      #expect(terminal.wait(for: "Service levels"))
      session.quit()
    }

    @Test(
      "Every common terminal type works",
      arguments: [
        "xterm-256color", "xterm", "screen-256color", "tmux-256color", "linux", "vt100",
      ])
    func knownTypes(_ type: String) throws {
      let session = try DashboardSession(["demo"], environment: ["TERM": type])
      session.expect("?", brings: "MOVING")
      session.expect("\u{1B}", brings: "Service levels")
      session.quit()
    }

    @Test("An unknown type works and says what is used", arguments: ["nonsense", ""])
    func unknownTypes(_ type: String) throws {
      let session = try DashboardSession(
        ["demo"], environment: ["TERM": type], waitingFor: "xterm-256color is used")
      #expect(session.terminal.screen.text.contains("Service levels"))
      session.quit()
    }

    @Test("A terminal that cannot move its cursor is refused with 69, untouched")
    func dumb() throws {
      let session = try DashboardSession(
        ["demo"], environment: ["TERM": "dumb"], waitingFor: "cannot move its cursor")
      #expect(session.terminal.waitForExit() == .exited(69))
      #expect(!session.terminal.output.contains(0x1B))
      session.expectClean()
    }

    @Test("Any locale starts", arguments: ["C.UTF-8", "C", "POSIX", "xx_YY.UTF-8", ""])
    func locales(_ locale: String) throws {
      let session = try DashboardSession(["demo"], environment: ["LANG": locale])
      session.quit()
    }

    @Test("NO_COLOR leaves attributes and takes every color")
    func noColor() throws {
      for key in ["NO_COLOR", "UNRELATED"] {
        let session = try DashboardSession(["demo"], environment: [key: "1"])
        session.expect("2", brings: "REQ/POLL")
        session.expect("t", brings: "Theme")
        session.expect("1", brings: "Service levels")
        session.quit()
        let colors = Self.colorChanges(in: session.terminal.output)
        #expect(colors.isEmpty == (key == "NO_COLOR"), "\(key): \(colors.prefix(3))")
      }
    }

    /// The parameters of all `CSI ... m` that choose a colour (30...37, 38, 40...47, 48, 90...107).
    private static func colorChanges(in output: [UInt8]) -> [String] {
      let text = String(decoding: output, as: UTF8.self)
      return text.split(separator: "\u{1B}[").dropFirst().compactMap { piece in
        let parameters = piece.prefix { $0.isNumber || $0 == ";" }
        guard piece.dropFirst(parameters.count).first == "m" else { return nil }
        let numbers = parameters.split(separator: ";").compactMap { Int($0) }
        let isColor = numbers.contains {
          30...38 ~= $0 || 40...48 ~= $0 || 90...107 ~= $0
        }
        return isColor ? String(parameters) : nil
      }
    }
  }
}
