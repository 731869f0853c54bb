package import Reliability

/// What fired in the simulated shop in the weeks before the demo began.
package enum DemoPast {
  /// One page or ticket of the past.
  private struct Event {
    let daysAgo: Int
    let hour: Double
    let name: String
    let service: String
    var severity = Severity.page
    var minutes = 20
    var acknowledgedAfter: Int? = 4
  }

  /// A calm month, but for one night.
  private static let events: [Event] = [
    Event(daysAgo: 25, hour: 10.5, name: "ErrorBudgetBurn", service: "checkout", minutes: 44),
    Event(daysAgo: 23, hour: 15.2, name: "LatencyBudgetBurn", service: "payments"),
    Event(daysAgo: 20, hour: 3.4, name: "QueueBacklog", service: "orders", minutes: 31),
    Event(daysAgo: 17, hour: 11.1, name: "ErrorBudgetBurn", service: "search"),
    Event(daysAgo: 13, hour: 22.3, name: "ErrorBudgetBurn", service: "checkout", minutes: 38),
    Event(daysAgo: 12, hour: 0.6, name: "ErrorBudgetBurn", service: "checkout", minutes: 25),
    Event(
      daysAgo: 12, hour: 4.9, name: "LatencyBudgetBurn", service: "payments",
      acknowledgedAfter: 11),
    Event(daysAgo: 8, hour: 9.8, name: "QueueBacklog", service: "orders", severity: .ticket),
    Event(daysAgo: 5, hour: 13.6, name: "ErrorBudgetBurn", service: "search", minutes: 12),
    Event(
      daysAgo: 3, hour: 18.4, name: "CertificateExpiry", service: "auth", severity: .ticket,
      acknowledgedAfter: nil),
    Event(daysAgo: 2, hour: 20.1, name: "ErrorBudgetBurn", service: "checkout", minutes: 17),
  ]

  /// The firings before the demo's start.
  ///
  /// - Parameters:
  ///   - start: When the demo begins.
  ///   - paged: Who was on call at an instant.
  /// - Returns: The firings, all over.
  package static func firings(
    before start: Timestamp, paged: (Timestamp) -> String?
  ) -> [Firing] {
    let today = start.rounded(downTo: .seconds(86_400))
    return events.map { event in
      let began = today - .seconds(86_400 * event.daysAgo) + .seconds(Int64(event.hour * 3600))
      let person = paged(began)
      let alert = Alert.ID(cluster: "demo", fingerprint: "past-\(event.name)-\(event.service)")
      return Firing(
        id: Firing.ID(alert: alert, startsAt: began), name: event.name, severity: event.severity,
        service: event.service, team: "shop", paged: person,
        acknowledgedBy: event.acknowledgedAfter == nil ? nil : person,
        acknowledgedAt: event.acknowledgedAfter.map { began + .seconds(60 * $0) },
        endsAt: began + .seconds(60 * event.minutes))
    }
  }
}
