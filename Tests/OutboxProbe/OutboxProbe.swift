// Acknowledges an alert through the real outbox, journal and connector, and is killed after one of its
// steps as by `kill -9`: what tests of lost processes start.
//
//   outbox-probe JOURNAL URL FINGERPRINT NAME STEP

import Connectors
import Foundation
import Journal
import Operations
import Reliability

@main
enum OutboxProbe {
  static func main() async throws {
    let arguments = Array(CommandLine.arguments.dropFirst())
    guard arguments.count == 5, let step = Outbox.Step(rawValue: arguments[4]) else {
      return print("usage: outbox-probe JOURNAL URL FINGERPRINT NAME STEP")
    }
    let clock = SystemClock()
    let settings = SourceSettings(name: "am", kind: .alertmanager, urls: [arguments[1]])
    let source = try AlertmanagerSource(
      settings: settings,
      transport: { @Sendable own throws(ConnectorError) in
        try ClientTransport(settings: own, environment: [:])
      },
      secrets: SecretResolver(environment: [:]), clock: clock, random: { 0.5 })
    let setup = Outbox.Setup(
      gate: ActionGate(), actor: "ines", owner: "probe", duration: .seconds(900),
      makeID: { UUID().uuidString.lowercased() },
      observe: { if $0 == step { kill(getpid(), SIGKILL) } })
    let outbox = Outbox(
      setup, journal: try SQLiteJournal(path: arguments[0], now: clock.now), backends: [source],
      clock: clock, tell: { _ in })
    let target = AlertTarget(
      alert: Alert.ID(cluster: "am", fingerprint: arguments[2]), name: arguments[3],
      startsAt: clock.now,
      backend: .alertmanager(
        source: "am", matchers: [LabelMatcher("alertname", .equal, arguments[3])]))
    try await outbox.submit(.acknowledge(target, comment: ""))
    await outbox.workOff()
    print("the step \(step.rawValue) was not reached")
  }
}
