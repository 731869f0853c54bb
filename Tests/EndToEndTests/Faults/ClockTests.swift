import Reliability
import Screen
import TestSupport
import Testing

#if os(Linux)

#if canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#endif

extension EndToEnd {
  /// Wall clocks that are set while somebody looks, and laptops that wake up.
  struct ClockTests {
    /// How a clock is set.
    enum Jump: CaseIterable {
      case forward, back

      var offset: Duration { self == .forward ? .seconds(10_800) : .seconds(-10_800) }
      /// What the Sources view says of a server whose clock stays.
      var caution: String {
        switch self {
        case .forward: "its clock is 3 h behind this machine's"
        case .back: "its clock is 3 h ahead of this machine's"
        }
      }
    }

    @Test(
      "A wall clock that jumps is told, keys answer, and when it is right again figures are fresh",
      arguments: Jump.allCases)
    func jumps(_ jump: Jump) async throws {
      let shop = try await LiveShop()
      defer { shop.stop() }
      let clock = try await ShiftedClock()
      let session = try DashboardSession(
        ["--config", try shop.configuration(timeout: "1s")], environment: clock.environment,
        waitingFor: "99.0")
      session.expect("2", brings: "REQ/POLL")
      try #require(session.terminal.wait { $0.rows[0].contains("1 source ok") })

      try clock.set(jump.offset)
      #expect(
        session.terminal.wait { $0.flowingText.contains(jump.caution) },
        "\(session.terminal.screen.text)")
      session.expectKeysAnswer()

      try clock.set(.zero)
      session.expect("2", brings: "REQ/POLL")
      #expect(
        session.terminal.wait { !$0.text.contains("Caution") }, "\(session.terminal.screen.text)")
      expectFresh(session)
      session.quit()
    }

    @Test(
      "A laptop that wakes up after a night asks for the present, not for every poll missed")
    func wakesUp() async throws {
      let shop = try await LiveShop()
      defer { shop.stop() }
      let port = shop.server.port
      let front = try await FaultServer.start { _ in .relay(port: port) }
      defer { front.stop() }
      let clock = try await ShiftedClock(.seconds(-8 * 3600))
      let session = try DashboardSession(
        ["--config", try shop.configuration(url: front.url, timeout: "1s")],
        environment: clock.environment, waitingFor: "99.0")

      session.terminal.signal(SIGSTOP)
      try clock.set(.zero)
      let count = front.arrived.count
      session.terminal.signal(SIGCONT)
      #expect(
        session.terminal.wait {
          $0.rows[0].contains(" \(Machine.now.rfc3339.prefix(13).suffix(2)):")
        },
        "\(session.terminal.screen.text)")
      #expect(session.terminal.wait { _ in front.arrived.count > count })
      expectFresh(session)
      // Every window once or twice, and not the 5,760 polls of eight hours.
      #expect(front.arrived.count - count < 20)
      session.quit()
    }

    /// The Overview shows both service levels, neither stale nor unknown.
    private func expectFresh(_ session: DashboardSession) {
      session.expect("1", brings: "Service levels")
      #expect(
        session.terminal.wait { screen in
          screen.rows[0].contains("1 source ok") && !screen.text.contains("stale")
            && !screen.text.contains("no data") && screen.text.contains("99.0")
        }, "\(session.terminal.screen.text)")
    }
  }
}

#endif
