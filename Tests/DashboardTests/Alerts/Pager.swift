import Reliability
import Screen

@testable import Dashboard

/// A night's alerts in which each state occurs, as the engine would put them together.
struct Pager {
  static let cluster = "am-eu"

  /// The alerts, most urgent first.
  var alerts: [Alert] = Pager.night
  var silences: [Silence] = [Pager.disk, Pager.karma, Pager.deploy, Pager.old]
  var gaps: [String] = []
  var watchdog = AlertSnapshot.Watchdog.firing("Watchdog")
  var actions: [ActionRecord] = [Pager.record(of: Pager.latency, state: .confirmed)]
  var lastFired: Timestamp? = Shop.now
  var journalTrouble: String?

  // The configuration.
  var settings = AlertSettings()
  var clusters = [Pager.cluster]
  var refusals: [Permission: String] = [:]
  var confirmed: Set<Permission> = []
  var ringsBell = true
  var glyphs = Glyphs.unicode

  var snapshot: AlertSnapshot {
    var counts: [AlertSnapshot.SilenceKey: Int] = [:]
    for silence in alerts.flatMap(\.facts.silences) { counts[silence.key, default: 0] += 1 }
    return AlertSnapshot(
      at: Shop.now, alerts: alerts, silences: silences, mutedCounts: counts, gaps: gaps,
      watchdog: watchdog, lastFired: lastFired, actions: actions, journalTrouble: journalTrouble)
  }

  /// A dashboard that has heard these alerts.
  func dashboard(_ columns: Int = 120, _ rows: Int = 40) throws -> Dashboard {
    var dashboard = Dashboard(
      settings: dashboardSettings, snapshot: try Shop().snapshot,
      size: Size(columns: columns, rows: rows), themeName: "dark", glyphs: glyphs, now: Shop.now)
    _ = dashboard.handle(.alertsArrived(snapshot), at: Shop.now)
    return dashboard
  }

  /// A dashboard in which some keys have been pressed.
  func dashboard(_ columns: Int, _ rows: Int, pressing keys: [Key]) throws -> Dashboard {
    var dashboard = try dashboard(columns, rows)
    dashboard.press(keys)
    return dashboard
  }

  private var dashboardSettings: Dashboard.Settings {
    Dashboard.Settings(
      title: "acme-eu", configurationName: "config.yaml", themes: ["dark", "light"],
      canShowUnicode: true, alerts: settings, alertmanagers: clusters, hasAlertSources: true,
      refusals: refusals, confirmed: confirmed, ringsBell: ringsBell)
  }
}

// MARK: - Making alerts

extension Pager {
  /// An alert with labels like those of the demo.
  ///
  /// - Parameters:
  ///   - name: The name of its rule.
  ///   - severity: How urgent it is.
  ///   - service: The service it is about.
  ///   - minutes: How long it fires.
  ///   - more: Labels beside name, severity, service and team.
  ///   - change: What else is to be so.
  /// - Returns: The alert.
  static func alert(
    _ name: String, _ severity: Severity = .ticket, service: String = "shop", minutes: Int = 5,
    labels more: [String: String] = [:], change: (inout Alert.Facts) -> Void = { _ in }
  ) -> Alert {
    let words = [Severity.page: "critical", .ticket: "warning", .info: "none"]
    let labels = LabelSet(
      [
        "alertname": name, "severity": words[severity] ?? "", "service": service, "team": "core",
      ].merging(more) { $1 })
    var facts = Alert.Facts(
      id: Alert.ID(cluster: cluster, fingerprint: labels.fingerprint), labels: labels,
      annotations: LabelSet(["summary": "\(name) at \(service)"]), severity: severity,
      service: service, team: labels["team"], startsAt: Shop.now - .seconds(minutes * 60),
      sources: [cluster], receivers: ["on-call"])
    change(&facts)
    return Alert(facts)
  }

  /// A silence.
  static func silence(
    _ id: String, _ matchers: [LabelMatcher], by author: String, _ comment: String,
    ends: Duration, state: Silence.State = .active
  ) -> Silence {
    Silence(
      id: id, cluster: cluster, matchers: matchers, startsAt: Shop.now - .seconds(7200),
      endsAt: Shop.now + ends, updatedAt: Shop.now - .seconds(7200), createdBy: author,
      comment: comment, state: state)
  }

  /// One's own request to acknowledge an alert.
  static func record(of alert: Alert, state: ActionRecord.State) -> ActionRecord {
    let target = AlertTarget(
      alert: alert.id, name: alert.name, startsAt: alert.startsAt,
      backend: .alertmanager(source: cluster, matchers: []))
    var record = ActionRecord(
      ActionRequest(
        id: "own-1", at: Shop.now - .seconds(300), actor: "ines",
        action: .acknowledge(target, comment: "")))
    record.state = state
    record.until = Shop.now + .seconds(600)
    return record
  }

  static func acknowledgement(
    by author: String, _ delivery: Acknowledgement.Delivery = .confirmed, trouble: String? = nil,
    requestID: ActionRequest.ID? = nil
  ) -> Acknowledgement {
    Acknowledgement(
      by: author, at: Shop.now - .seconds(300), until: Shop.now + .seconds(600),
      comment: "looking", delivery: delivery, trouble: trouble, requestID: requestID)
  }
}

// MARK: - The night

extension Pager {
  static let disk = silence(
    "5e8c-disk", [LabelMatcher("instance", .equal, "search-3")], by: "mei",
    "new disk arrives today", ends: .seconds(7200))
  static let karma = silence(
    "77aa-ack", [LabelMatcher("alertname", .equal, "QueueGrows")], by: "tom",
    "ACK! draining by hand", ends: .seconds(900))
  static let deploy = silence(
    "91bc-deploy", [LabelMatcher("service", .matches, "web.*|api")], by: "ci",
    "deploy window", ends: .seconds(3600))
  static let old = silence(
    "0f0f-old", [LabelMatcher("alertname", .equal, "NodeDown")], by: "mei", "rack move",
    ends: .seconds(-600), state: .expired)

  static let budget = alert("ErrorBudgetBurn", .page, service: "checkout", minutes: 4) {
    $0.slo = "checkout/availability"
    $0.annotations = LabelSet([
      "summary": "checkout burns its budget 18 times too fast",
      "runbook_url": "https://wiki.example.com/checkout-errors", "owner": "Ines Duarte",
    ])
    $0.runbook = "checkout-errors"
    $0.generatorURL = "https://prometheus.example.com/graph?g0.expr=burn"
  }
  static let memory = (1...3).map { number in
    alert("HighMemory", service: "media", minutes: 10 + number, labels: ["pod": "media-\(number)"])
  }
  static let latency = alert("LatencyBudgetBurn", service: "payments", minutes: 41) {
    $0.flags = [.firing, .acknowledged]
    $0.acknowledgement = acknowledgement(by: "ines", requestID: "own-1")
  }
  static let queue = alert("QueueGrows", service: "orders", minutes: 62) {
    $0.flags = [.firing, .acknowledged]
    $0.silences = [karma]
    $0.acknowledgement = acknowledgement(by: "tom")
  }

  static let night: [Alert] = [
    budget,
    alert("CheckoutDown", .page, service: "checkout", minutes: 9) {
      $0.acknowledgement = acknowledgement(
        by: "ines", .failed, trouble: "am-eu answered 400", requestID: "own-2")
    },
    memory[0], memory[1], memory[2],
    alert("CertificateExpiry", .info, service: "identity", minutes: 400),
    alert("ReplicaLag", service: "orders", minutes: 2) { $0.flags = [.pending] },
    latency, queue,
    alert("DiskWillFill", service: "search", minutes: 190, labels: ["instance": "search-3"]) {
      $0.flags = [.firing, .silenced]
      $0.silences = [disk]
    },
    alert("TargetDown", service: "search", minutes: 190) {
      $0.flags = [.firing, .inhibited]
      $0.inhibitedBy = ["NodeDown"]
    },
    alert("PodRestarts", service: "media", minutes: 33) {
      $0.flags = [.resolved]
      $0.resolvedAt = Shop.now - .seconds(40)
    },
  ]
}
