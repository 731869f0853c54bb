import Reliability
import Screen
import TestSupport
import Testing

extension EndToEnd {
  /// A real Prometheus that hangs or dies while somebody looks.
  struct FaultTests {
    /// What is done to the server itself; what it can answer amiss is in `FaultMatrixTests`.
    enum Outage: CaseIterable {
      case hanging, gone

      /// What the Sources view says of it.
      var words: String {
        switch self {
        case .hanging: "no answer within 0.5 s"
        case .gone: "no connection: connection refused"
        }
      }
    }

    @Test("Before any answer the first frame shows the whole layout, and keys work")
    func firstFrame() async throws {
      let shop = try await LiveShop()
      defer { shop.stop() }
      shop.freeze()
      let session = try DashboardSession(["--config", try shop.configuration()])
      #expect(session.terminal.wait(for: "q quit"))
      let screen = session.terminal.screen
      #expect(screen.text.contains("waiting for prom"))
      #expect(screen.text.contains("Active alerts"))
      #expect(screen.text.contains("On call"))
      session.expect("2", brings: "REQ/POLL")
      session.expect("1", brings: "Service levels")
      session.quit()
    }

    @Test(
      "While the source fails every key answers, figures age, and it recovers by itself",
      arguments: Outage.allCases)
    func survives(_ outage: Outage) async throws {
      let shop = try await LiveShop()
      defer { shop.stop() }
      let session = try DashboardSession(
        ["--config", try shop.configuration()], waitingFor: "99.0")
      switch outage {
      case .hanging: shop.freeze()
      case .gone: shop.stop()
      }

      session.expectKeysAnswer()
      expectStaleFigures(session)
      session.expect("2", brings: "Next try")
      expectTrouble(session, outage)
      session.expectKeysAnswer()

      switch outage {
      case .hanging: shop.thaw()
      case .gone: try await shop.restart()
      }
      session.expect("1", brings: "Service levels")
      // The breaker may have to wait out its pause before it tries again; no key is pressed.
      #expect(
        session.terminal.wait(atMost: .seconds(40)) { screen in
          screen.rows[0].contains("1 source ok") && !screen.text.contains("stale")
        }, "\(session.terminal.screen.text)")
      session.quit()
    }

    @Test("q is back in the shell at once while the source hangs")
    func leavesWhileHanging() async throws {
      let shop = try await LiveShop()
      defer { shop.stop() }
      let configuration = try shop.configuration()
      var times: [Duration] = []
      for _ in 0..<3 {
        shop.thaw()
        let session = try DashboardSession(["--config", configuration], waitingFor: "99.0")
        shop.freeze()
        // One poll has failed, and the next is under way.
        try #require(session.terminal.wait(for: "1 source in trouble"))
        let start = ContinuousClock.now
        session.terminal.type("q")
        #expect(session.terminal.waitForExit() == .exited(0))
        times.append(.now - start)
        session.expectClean()
      }
      let median = times.sorted()[times.count / 2]
      #expect(median < .milliseconds(500))
      Machine.report("q while the source hangs, median of \(times.count): \(median)")
    }

    // MARK: - What must be seen

    /// The limit of the 5 m window is twice `clamp(300 s / 60, refresh, 5 min)`, so 10 s.
    private func expectStaleFigures(_ session: DashboardSession) {
      #expect(
        session.terminal.wait(atMost: .seconds(25)) { screen in
          screen.rows[0].contains("stale 1") && screen.rows[3].contains("stale 1")
        }, "\(session.terminal.screen.text)")
      #expect(session.terminal.screen.rows[3].contains("99.0"), "the last value stays")
    }

    private func expectTrouble(_ session: DashboardSession, _ outage: Outage) {
      #expect(
        session.terminal.wait(atMost: .seconds(10)) { screen in
          screen.text.contains(outage.words) && screen.text.contains("Next try")
            && screen.rows[0].contains("1 source in trouble")
        }, "\(session.terminal.screen.text)")
    }
  }
}
