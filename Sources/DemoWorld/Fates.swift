import Reliability

// The one table of what happens in the demo shop. Times are minutes from the demo's start.

private let hour = 60
private let day = 24 * hour

extension Fate {
  /// The fate of an SLO: its own in the table, otherwise one of the calm ones, always the same.
  static func of(_ slo: String) -> Fate {
    table[slo] ?? calm[Int(StableHash(slo).value % UInt64(calm.count))]
  }

  private static let table: [String: Fate] = [
    // A release goes out a minute after the start and breaks a good part of the checkouts; it takes
    // an hour and a half to find it and to roll it back.
    "checkout/availability": Fate(
      Traffic(eventsPerMinute: 2400, rhythm: .shoppers), calmBurn: 0.22,
      incidents: [
        Incident(begins: -11 * day, rises: 3, holds: 20, falls: 10, .budget(0.12)),
        Incident(begins: 1, rises: 1, holds: 85, falls: 15, .budget(0.85)),
      ]),
    // Retries of the failing checkouts slow the rest down, but within what pages.
    "checkout/latency": Fate(
      Traffic(eventsPerMinute: 2400, rhythm: .shoppers), calmBurn: 0.3,
      incidents: [Incident(begins: 2, rises: 10, holds: 80, falls: 25, .burn(5))]),
    // Slower and slower since yesterday: about four times what the objective allows.
    "payments/latency": Fate(
      Traffic(eventsPerMinute: 1100, rhythm: .shoppers), calmBurn: 0.5,
      incidents: [
        Incident(begins: -16 * day, rises: 30, holds: 14 * hour, falls: 60, .budget(0.09)),
        Incident(begins: -26 * hour, rises: 4 * hour, holds: 400 * day, falls: 1, .burn(3.6)),
      ]),
    "search/availability": Fate(
      Traffic(eventsPerMinute: 5200, rhythm: .shoppers), calmBurn: 0.38),
    // The job that exports the age of the catalog was renamed; nothing reports it any more.
    "catalog/freshness": Fate(
      Traffic(eventsPerMinute: 60, rhythm: .machines), calmBurn: 0.2, telemetry: .silent),
    // A certificate expired yesterday; all is well again, half the month's budget is gone.
    "identity/availability": Fate(
      Traffic(eventsPerMinute: 3600, rhythm: .shoppers), calmBurn: 0.14,
      incidents: [Incident(begins: -27 * hour, rises: 2, holds: 55, falls: 20, .budget(0.5))]),
    // A dozen requests an hour, of which two or three have just failed.
    "recommendations/availability": Fate(
      Traffic(eventsPerMinute: 0.2, rhythm: .machines), calmBurn: 0.25,
      incidents: [Incident(begins: -50, rises: 1, holds: 28, falls: 1, .burn(40))]),
    "orders/correctness": Fate(
      Traffic(eventsPerMinute: 900, rhythm: .shoppers), calmBurn: 0.32,
      incidents: [Incident(begins: -6 * day, rises: 5, holds: 40, falls: 15, .budget(0.1))]),
    // Two bad days at the carrier this month; calm since.
    "shipping/availability": Fate(
      Traffic(eventsPerMinute: 320, rhythm: .office), calmBurn: 0.3,
      incidents: [
        Incident(begins: -13 * day, rises: 20, holds: 9 * hour, falls: 90, .budget(0.62)),
        Incident(begins: -5 * day, rises: 10, holds: 6 * hour, falls: 60, .budget(0.42)),
      ]),
    "media/availability": Fate(
      Traffic(eventsPerMinute: 7800, rhythm: .shoppers), calmBurn: 0.34,
      telemetry: .partial(warning: "store eu-2 did not answer in time; the result may be short")),
    // Two weeks old, and its queries time out for a few minutes three times an hour.
    "reviews/availability": Fate(
      Traffic(eventsPerMinute: 140, rhythm: .shoppers), calmBurn: 0.27,
      telemetry: .interrupted(
        every: 20, from: 6, minutes: 5, message: "query timed out in expression evaluation"),
      hoursInService: 15 * 24),
    // Little is left of the budget, and nothing is going wrong just now.
    "notifications/delivery": Fate(
      Traffic(eventsPerMinute: 650, rhythm: .office), calmBurn: 0.38,
      incidents: [
        Incident(begins: -19 * day, rises: 10, holds: 9 * hour, falls: 30, .budget(0.3)),
        Incident(begins: -8 * day, rises: 10, holds: 6 * hour, falls: 30, .budget(0.18)),
      ]),
    "pricing/correctness": Fate(
      Traffic(eventsPerMinute: 480, rhythm: .machines), calmBurn: 0.2,
      telemetry: .refused(
        message: "query processing would load too many samples into memory in query execution")),
    // Since the last change of the scrape configuration two jobs count the same events.
    "warehouse/stock-sync": Fate(
      Traffic(eventsPerMinute: 90, rhythm: .machines), calmBurn: 0.2, telemetry: .doubled),
  ]

  private static let calm: [Fate] = [
    Fate(Traffic(eventsPerMinute: 1500, rhythm: .shoppers), calmBurn: 0.25),
    Fate(Traffic(eventsPerMinute: 420, rhythm: .office), calmBurn: 0.18),
    Fate(Traffic(eventsPerMinute: 800, rhythm: .machines), calmBurn: 0.31),
    Fate(
      Traffic(eventsPerMinute: 2600, rhythm: .shoppers), calmBurn: 0.2,
      incidents: [Incident(begins: -9 * day, rises: 15, holds: 6 * hour, falls: 60, .budget(0.14))]),
  ]
}
