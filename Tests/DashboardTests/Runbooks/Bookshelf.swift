import Reliability
import Screen

@testable import Dashboard

/// Runbooks in which each kind of step occurs, and runs of them.
struct Bookshelf {
  private static let origin = Runbook.Origin(file: "/etc/burnwatch/runbooks/checkout.yaml", line: 3)

  var pager = Pager()
  var opener: [String]?
  var permissions = RunbookPermissions()
  var runs = RunSnapshot()

  /// The alert that the first runbook belongs to.
  static let alert = Pager.alert(
    "ErrorBudgetBurn", .page, service: "checkout", labels: ["pod": "web-1"])

  static var subject: RunSubject { RunSubject(alert) }

  static func template(_ text: String) -> TemplateText {
    (try? TemplateText(parsing: text)) ?? TemplateText(verbatim: text)
  }

  private static func step(
    _ action: RunbookStep.Action, _ name: String, _ description: String = "",
    _ change: (inout RunbookStep.Options) -> Void = { _ in }
  ) -> RunbookStep {
    var options = RunbookStep.Options()
    change(&options)
    return RunbookStep(
      action, name: name, description: description, group: nil, options: options, origin: origin)
  }

  static let checkout = Runbook(
    id: "checkout-errors", title: "Checkout errors", service: "checkout", severity: "SEV2",
    triggers: [
      .init(
        alert: "ErrorBudgetBurn", matchers: [LabelMatcher("service", .equal, "checkout")],
        origin: origin)
    ],
    sections: [
      .init(title: "Why", level: 2, text: "A bad release.\n\nOr the bank.", origin: origin)
    ],
    steps: [
      step(
        .query(
          .init(template("sum by (code) (rate(http_requests_total[5m]))"), language: "promql")),
        "errors by code"),
      step(
        .command(.init(template("kubectl -n shop rollout history deploy/checkout"))),
        "was there a deploy in the last 2 h?"),
      step(
        .command(
          .init(
            template(
              "kubectl -n shop rollout undo deploy/{{ labels.service }}\nkubectl -n shop rollout status deploy/checkout"
            ))),
        "roll back the last release", "Back to the revision before, which was well for a week."
      ) {
        $0.isDangerous = true
        $0.timeout = .seconds(60)
        $0.rollback = template("kubectl -n shop rollout undo deploy/checkout")
      },
      step(
        .verify(
          .init(
            template("errors:ratio5m"), MetricBound(.below, Fraction(1, over: 1000)),
            holds: .seconds(30), within: .seconds(600))),
        "errors below 0.1 %"),
      step(.link(template("https://grafana.example.com/d/checkout")), "dashboard"),
      step(.manual, "tell #incidents", "What was rolled back, and why."),
      step(.command(.init(template("drain {{ labels.zone }}"))), "drain the zone") {
        $0.isRequired = false
        $0.condition = [LabelMatcher("zone", .matches, "eu-.*")]
      },
    ],
    escalations: [
      .init(after: .seconds(900), to: "senior-sre", origin: origin),
      .init(condition: "money is lost", to: "the head of the shop", by: "phone", origin: origin),
    ],
    origin: origin)

  /// The first runbook as it was before its file was changed.
  static let changed = Runbook(
    id: checkout.id, title: checkout.title, service: "checkout",
    steps: checkout.steps.dropLast() + [step(.manual, "drain the zone by hand")],
    origin: origin)

  static let other = Runbook(
    id: "checkout-slow", title: "Checkout is slow", service: "checkout",
    steps: [step(.manual, "look")], origin: origin)

  static let text = Runbook(
    id: "page", title: "A page",
    sections: [
      .init(title: "Meaning", level: 1, text: "It burns.", origin: origin)
    ], origin: origin)

  /// A dashboard with these runbooks, and the alert selected in its list.
  func dashboard(
    _ columns: Int = 120, _ rows: Int = 40, glyphs: Glyphs = .unicode
  ) throws -> Dashboard {
    var pager = pager
    pager.alerts = [Bookshelf.alert]
    let settings = Dashboard.Settings(
      title: "acme-eu", configurationName: "config.yaml", themes: ["dark"],
      canShowUnicode: true, alertmanagers: pager.clusters, hasAlertSources: true,
      refusals: pager.refusals, confirmed: pager.confirmed,
      runbooks: RunbookSettings(
        library: RunbookLibrary([Bookshelf.checkout, Bookshelf.other, Bookshelf.text]),
        running: RunSettings(
          user: "ines", host: "bastion-1", environment: ["PATH": "/bin"], opener: opener),
        permissions: permissions))
    var dashboard = Dashboard(
      settings: settings, snapshot: try Shop().snapshot,
      size: Size(columns: columns, rows: rows), themeName: "dark", glyphs: glyphs, now: Shop.now)
    _ = dashboard.handle(.alertsArrived(pager.snapshot), at: Shop.now)
    _ = dashboard.handle(.runsArrived(runs), at: Shop.now)
    return dashboard
  }

  /// A run of the first runbook with these states of its first steps.
  static func run(
    _ statuses: [StepRecord.Status], id: String = "run-1", of runbook: Runbook = checkout,
    for subject: RunSubject = subject,
    change: (inout RunState) -> Void = { _ in }
  ) -> RunState {
    let start = Shop.now - .seconds(120)
    var record = RunRecord(
      id: id, of: runbook, for: subject, actor: "ines", host: "bastion-1", at: start)
    for (index, status) in statuses.enumerated() where status != .pending {
      record.steps[index].status = status
      record.steps[index].attempts = 1
      record.steps[index].startedAt = (start + .seconds(10 * index)).milliseconds
      record.steps[index].endedAt = (start + .seconds(10 * index + 1)).milliseconds
    }
    var state = RunState(runbook: runbook, record: record)
    change(&state)
    return state
  }

  /// The shelf with a run.
  func with(_ run: RunState) -> Bookshelf {
    var copy = self
    copy.runs.runs = [run]
    copy.runs.history = [run.record]
    return copy
  }
}

extension [Effect] {
  /// The wishes about runbooks among them.
  var wishes: [RunWish] {
    compactMap { if case .runbook(let wish) = $0 { wish } else { nil } }
  }
}
