import Screen
import TestSupport
import Testing

extension EndToEnd {
  /// Every fault while somebody looks: the screen answers, says what is wrong, and recovers.
  struct FaultMatrixTests {
    /// Taking names away needs a library that is preloaded, as Linux has it.
    private static let faults = Fault.allCases.filter { fault in
      #if os(Linux)
      true
      #else
      fault != .lostName
      #endif
    }

    @Test("Keys answer, one sentence says it, and recovery needs no key", arguments: faults)
    func survives(_ fault: Fault) async throws {
      let shop = try await FaultyShop(for: fault)
      defer { shop.stop() }
      let session = try DashboardSession(
        ["--config", shop.configuration], environment: shop.environment, waitingFor: "99.0")
      session.expect("2", brings: "REQ/POLL")
      try #require(session.terminal.wait { $0.rows[0].contains("1 source ok") })

      try await shop.inflict()
      expect(session, fault.outcome(elsewhere: shop.elsewhere.url), shop)
      session.expectKeysAnswer()
      #expect(shop.elsewhere.arrived.isEmpty, "credentials do not travel along")
      if let figures = ProcessFigures(of: session.terminal.process) {
        #expect(figures.peakMemory < 256, "\(fault)")
      }

      try await shop.heal()
      session.expect("2", brings: "REQ/POLL")
      #expect(
        session.terminal.wait(atMost: .seconds(40)) { screen in
          screen.rows[0].contains("1 source ok") && !screen.text.contains("Caution")
        }, "\(session.terminal.screen.text)")
      session.expect("1", brings: "Service levels")
      #expect(session.terminal.wait { !$0.text.contains("stale") && $0.text.contains("99.0") })
      session.quit()
    }

    private func expect(_ session: DashboardSession, _ outcome: Fault.Outcome, _ shop: FaultyShop) {
      let isTold =
        switch outcome {
        case .trouble(let sentence):
          session.terminal.wait { screen in
            screen.flowingText.contains(sentence) && screen.text.contains("Next try")
              && screen.rows[0].contains("1 source in trouble")
              && (screen.rows[3].contains("degraded") || screen.rows[3].contains("open"))
          }
        case .caution(let sentence):
          session.terminal.wait { screen in
            screen.flowingText.contains(sentence) && screen.rows[0].contains("1 source ok")
              && screen.rows[3].contains("▶ ok")
          }
        case .none: isCalm(session, shop)
        }
      #expect(isTold, "\(session.terminal.screen.text)")
    }

    /// Whether another poll goes by without a word.
    private func isCalm(_ session: DashboardSession, _ shop: FaultyShop) -> Bool {
      let count = shop.front.arrived.count
      let isAsked = session.terminal.wait { _ in shop.front.arrived.count > count + 1 }
      let head = session.terminal.screen.rows[0]
      return isAsked && head.contains("1 source ok") && !head.contains("stale")
    }
  }
}

extension TerminalModel {
  /// What panes say, their sentences put together again where they were wrapped.
  var flowingText: String {
    text.split { $0.isWhitespace || $0 == "│" }.joined(separator: " ")
  }
}
