import Reliability

/// An alert of the demo shop and when it fires; times are minutes from the demo's start.
struct DemoAlert: Sendable {
  let labels: LabelSet
  let annotations: LabelSet
  /// When it becomes pending, for those whose rule waits.
  let pendsAt: Double?
  /// When it fires, again and again where it repeats.
  let fires: Range<Double>
  /// The minutes after which it comes again.
  let every: Double?
  /// The rule whose alert keeps this one quiet while it fires.
  let inhibitedBy: String?

  init(
    _ name: String, _ severity: String, service: String, _ summary: String,
    labels: [String: String] = [:], runbook: String? = nil, pendsAt: Double? = nil,
    fires: Range<Double>, every: Double? = nil, inhibitedBy: String? = nil
  ) {
    let own = ["alertname": name, "severity": severity, "service": service]
    self.labels = LabelSet(own.merging(labels) { $1 })
    let url = runbook.map { "https://runbooks.example.com/\($0).md" }
    annotations = LabelSet(
      ["summary": summary].merging(url.map { ["runbook_url": $0] } ?? [:]) { $1 })
    self.pendsAt = pendsAt
    self.fires = fires
    self.every = every
    self.inhibitedBy = inhibitedBy
  }

  /// So many minutes after a service was mended its alerts end: then the short windows are well.
  private static let calmAfter = 6.0

  /// Since when it fires at a minute; `nil` while it does not.
  ///
  /// - Parameters:
  ///   - minute: The minute of the demo.
  ///   - mendedAt: The minute at which its service was mended.
  /// - Returns: The minute at which it began.
  func start(at minute: Double, mendedAt: Double?) -> Double? {
    if let mendedAt, mendedAt >= fires.lowerBound - 2,
      minute >= mendedAt + DemoAlert.calmAfter, every == nil, isTrouble
    {
      return nil
    }
    return start(at: minute)
  }

  /// Whether it ends when the service is mended: it is about its budget or its pods.
  private var isTrouble: Bool {
    ["ErrorBudgetBurn", "LatencyBudgetBurn", "KubePodCrashLooping"].contains(labels.alertName)
  }

  /// Since when it fires at a minute in a service that nobody mends.
  func start(at minute: Double) -> Double? {
    guard let every else { return fires.contains(minute) ? fires.lowerBound : nil }
    guard minute >= fires.lowerBound else { return nil }
    let round = ((minute - fires.lowerBound) / every).rounded(.down)
    let start = fires.lowerBound + round * every
    return minute - start < fires.upperBound - fires.lowerBound ? start : nil
  }

  /// Whether it is about to fire.
  func isPending(at minute: Double) -> Bool {
    pendsAt.map { minute >= $0 && minute < fires.lowerBound } ?? false
  }

  /// Everything that fires in the shop.
  static let script: [DemoAlert] = [
    DemoAlert(
      "Watchdog", "none", service: "platform", "fires as long as alerting works",
      fires: -10_000..<1_000_000_000),
    DemoAlert(
      "ErrorBudgetBurn", "critical", service: "checkout",
      "checkout burns its error budget fast over 1h and 5m",
      labels: ["burnwatch_id": "checkout/availability", "team": "shop"],
      runbook: "checkout-errors", pendsAt: 2, fires: 4..<105),
    DemoAlert(
      "KubePodCrashLooping", "warning", service: "checkout",
      "a checkout pod restarts again and again",
      labels: ["pod": "checkout-7d9f5-x2k4q", "team": "shop"], fires: 3..<40,
      inhibitedBy: "ErrorBudgetBurn"),
    DemoAlert(
      "LatencyBudgetBurn", "warning", service: "payments", "payments are slower than promised",
      labels: ["burnwatch_id": "payments/latency", "team": "shop"], runbook: "payments-latency",
      fires: -41..<1_000_000),
    DemoAlert(
      "DiskWillFill", "warning", service: "search", "the disk of search-3 is full in five days",
      labels: ["instance": "search-3", "team": "platform"], fires: -180..<1_000_000),
    DemoAlert(
      "CertificateExpiry", "info", service: "identity", "29 days left",
      labels: ["instance": "login.example.com", "team": "platform"], fires: -360..<1_000_000),
    DemoAlert(
      "HighMemory", "warning", service: "media", "a media pod uses 92 % of its memory",
      labels: ["pod": "media-58c6-7hq2d", "team": "shop"], fires: -15..<60),
    DemoAlert(
      "HighMemory", "warning", service: "media", "a media pod uses 94 % of its memory",
      labels: ["pod": "media-58c6-lm9xx", "team": "shop"], fires: -12..<60),
    DemoAlert(
      "QueueBacklog", "warning", service: "orders", "orders wait longer than five minutes",
      labels: ["queue": "orders-out", "team": "shop"], pendsAt: 6, fires: 8..<20, every: 45),
    DemoAlert(
      "QueueBacklogGrowing", "critical", service: "orders", "orders wait longer than 20 minutes",
      labels: ["queue": "orders-out", "team": "shop"], runbook: "orders-backlog", fires: 14..<19,
      every: 45),
  ]
}
