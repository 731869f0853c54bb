import Connectors
import Reliability
import TestSupport
import Testing

/// A stand-in for PagerDuty with a source on it; time stands still but for waits.
struct PagerDutyRig {
  let standIn: PagerDutyStandIn
  let source: PagerDutySource
  let clock: SkippingClock

  static let token = "pd-s3cret-t0ken"
  static let now = Fixture.now
  static let id = "Q1ABCDEFGHIJKL"

  /// Runs a test and closes everything afterwards.
  static func use(
    key: PagerDutyStandIn.Key = .account, from: String? = "ines@example.com",
    incidents: [PagerDutyAccount.Incident] = [], timeout: Duration = .seconds(20),
    _ body: (PagerDutyRig) async throws -> Void
  ) async throws {
    let clock = SkippingClock()
    let standIn = try await PagerDutyStandIn.start(key: key) { clock.now }
    defer { standIn.stop() }
    standIn.change { account in incidents.forEach { account.add($0) } }
    let source = try live(standIn.url, from: from, timeout: timeout, clock: clock)
    try await body(PagerDutyRig(standIn: standIn, source: source, clock: clock))
    await source.close()
  }

  /// A source on the real HTTP client.
  static func live(
    _ url: String, from: String? = "ines@example.com", timeout: Duration = .seconds(20),
    clock: SkippingClock, headers: [SourceSettings.Header] = [],
    parameters: [SourceSettings.Parameter] = []
  ) throws -> PagerDutySource {
    let settings = SourceSettings(
      name: "pd", kind: .pagerduty, urls: [url], auth: .token(.literal(token)), headers: headers,
      parameters: parameters, timeout: timeout,
      limits: SourceSettings.Limits(requestsPerSecond: 10_000), from: from)
    return try PagerDutySource(
      settings: settings, transport: try ClientTransport(settings: settings, environment: [:]),
      secrets: SecretResolver(environment: [:]), clock: clock, random: { 0.5 })
  }

  static func incident(
    _ id: String = id, number: Int = 1234, title: String = "db down", secondsAgo: Int = 600
  ) -> PagerDutyAccount.Incident {
    PagerDutyAccount.Incident(
      id: id, number: number, title: title, createdAt: now - .seconds(secondsAgo))
  }

  /// So many incidents, the last the newest.
  static func incidents(_ count: Int) -> [PagerDutyAccount.Incident] {
    (1...count).map { number in
      incident("QINC\(number)", number: number, secondsAgo: 100_000 - number)
    }
  }

  /// What a look gives, where it succeeds.
  func report() async throws -> AlertReport {
    try await source.report(at: clock.now).get()
  }

  /// Why a look gives nothing.
  func failure() async -> String? {
    switch await source.report(at: clock.now) {
    case .success: nil
    case .failure(let failure): failure.message
    }
  }

  func health() async throws -> SourceHealth {
    try #require(await source.health(at: clock.now))
  }

  static func record(
    _ id: String = "req-1", incident: String = id, comment: String = "looking at the disk"
  ) -> ActionRecord {
    let target = AlertTarget(
      alert: Alert.ID(cluster: "pd", fingerprint: "pd:\(incident)"), name: "db down",
      startsAt: now - .seconds(600), backend: .pagerDuty(source: "pd", incident: incident))
    return ActionRecord(
      ActionRequest(
        id: id, at: now, actor: "ines@bastion", action: .acknowledge(target, comment: comment)))
  }

  /// Tries to have an incident acknowledged.
  func acknowledge(_ record: ActionRecord = record()) async -> DeliveryOutcome {
    await source.perform(.create(until: clock.now + .seconds(900)), for: record)
  }
}

extension DeliveryOutcome {
  /// Why it has to wait, where it does.
  var waitReason: String? {
    guard case .later(let reason, _) = self else { return nil }
    return reason
  }

  /// Why it is refused, where it is.
  var refusal: String? {
    guard case .refused(let reason) = self else { return nil }
    return reason
  }
}
