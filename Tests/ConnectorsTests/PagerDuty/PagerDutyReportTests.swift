import Connectors
import Reliability
import TestSupport
import Testing

/// What a look at PagerDuty gives.
@Suite("PagerDuty: looking")
struct PagerDutyReportTests {
  private typealias Rig = PagerDutyRig

  @Test("A look asks for all that is open, however old, in the API's own version")
  func asks() async throws {
    try await Rig.use { rig in
      #expect(try await rig.report() == AlertReport(alerts: []))
      #expect(rig.standIn.requests.count == 1)
      let request = try #require(rig.standIn.requests.first)
      #expect(request.method == "GET")
      #expect(
        request.target
          == "/incidents?limit=100&offset=0&date_range=all&statuses%5B%5D=triggered"
          + "&statuses%5B%5D=acknowledged&sort_by=created_at%3Adesc")
      #expect(request.header("Accept") == "application/vnd.pagerduty+json;version=2")
      #expect(request.header("Content-Type") == "application/json")
      #expect(request.header("Authorization") == "Token token=\(Rig.token)")
      #expect(request.header("From") == nil)
    }
  }

  @Test("An incident is an alert with what PagerDuty knows of it")
  func mapsIncident() async throws {
    var incident = Rig.incident(title: "  db down \nsee runbook")
    incident.priority = "P1"
    try await Rig.use(incidents: [incident]) { rig in
      rig.standIn.change { $0.acknowledge(Rig.id, by: "Bob", at: Rig.now - .seconds(60)) }
      let alert = try #require(try await rig.report().alerts.first)
      #expect(alert.id == Alert.ID(cluster: "pd", fingerprint: "pd:\(Rig.id)"))
      #expect(
        alert.labels.dictionary == [
          "alertname": "db down", "service": "Checkout", "urgency": "high", "severity": "page",
          "priority": "P1",
        ])
      #expect(alert.annotations.dictionary == ["summary": "db down"])
      #expect(alert.startsAt == Rig.now - .seconds(600))
      #expect(!alert.isPending)
      #expect(
        alert.incident
          == ReportedAlert.Incident(
            id: Rig.id, number: 1234, isHighUrgency: true,
            acknowledgements: [.init(by: "Bob", at: Rig.now - .seconds(60))],
            acknowledgedUntil: Rig.now + .seconds(1740),
            url: "https://acme.pagerduty.com/incidents/\(Rig.id)"))
    }
  }

  @Test("With whom an incident is, and when PagerDuty passes it on, is known while nobody has it")
  func escalation() async throws {
    var incident = Rig.incident()
    incident.assignees = ["Tom", "Mei"]
    incident.escalatesAt = Rig.now + .seconds(480)
    try await Rig.use(incidents: [incident]) { rig in
      let open = try #require(try await rig.report().alerts.first?.incident)
      #expect(open.assignees == ["Tom", "Mei"] && open.escalatesAt == Rig.now + .seconds(480))
      rig.standIn.change { $0.acknowledge(Rig.id, by: "Tom", at: Rig.now) }
      #expect(try await rig.report().alerts.first?.incident?.escalatesAt == nil)
    }
  }

  @Test("Low urgency is a ticket, and what is not there is no label")
  func mapsLowUrgency() async throws {
    var incident = Rig.incident(title: "\n")
    incident.urgency = "low"
    incident.service = ""
    try await Rig.use(incidents: [incident]) { rig in
      let labels = try #require(try await rig.report().alerts.first).labels.dictionary
      #expect(
        labels == ["alertname": "[#1234]", "urgency": "low", "severity": "ticket"])
    }
  }

  @Test("An incident of last year that is open still is seen, a resolved one is not")
  func seesOld() async throws {
    let old = Rig.incident("QOLD", secondsAgo: 300 * 86_400)
    try await Rig.use(incidents: [old, Rig.incident("QDONE")]) { rig in
      rig.standIn.change { $0.resolve("QDONE") }
      let report = try await rig.report()
      #expect(report.alerts.map(\.fingerprint) == ["pd:QOLD"])
      #expect(report.isAuthoritative && report.remarks == [])
    }
  }

  @Test("A look only reads, whatever there is to see")
  func onlyReads() async throws {
    try await Rig.use(incidents: Rig.incidents(120)) { rig in
      for _ in 0..<3 { _ = try await rig.report() }
      #expect(rig.standIn.requests.allSatisfy { $0.method == "GET" && $0.body.isEmpty })
    }
  }

  @Test("The operator's parameters narrow the list and nothing else")
  func narrows() async throws {
    try await Rig.use(incidents: [Rig.incident()]) { rig in
      let source = try Rig.live(
        rig.standIn.url, clock: rig.clock, parameters: [.init(name: "team_ids[]", value: "PT1")])
      _ = try await source.report(at: Rig.now).get()
      await source.close()
      let targets = rig.standIn.requests.map(\.target)
      #expect(targets.count == 2)
      #expect(targets.first?.hasSuffix("&team_ids%5B%5D=PT1") == true)
      #expect(targets.last == "/incidents/\(Rig.id)/alerts?limit=100")
    }
  }

  @Test("An incident that cannot be read leaves the others, and nothing counts as ended")
  func unreadableIncident() async throws {
    let page = """
      {"incidents":[{"id":"Q1","status":"snoozed","created_at":"2026-11-21T01:00:00Z"},
        {"id":"Q2","status":"triggered","created_at":"2026-11-21T01:00:00Z"}, 7],"more":false}
      """
    let server = try await FaultServer.start { request in
      request.target.contains("/alerts") ? .json(#"{"alerts":[]}"#) : .json(page)
    }
    defer { server.stop() }
    let source = try Rig.live(server.url, clock: SkippingClock())
    let report = try await source.report(at: Rig.now).get()
    await source.close()
    #expect(report.alerts.map(\.labels.alertName) == ["incident Q2"])
    #expect(report.alerts.first?.incident?.isHighUrgency == true)
    #expect(!report.isAuthoritative)
    #expect(report.remarks == ["2 incidents could not be read"])
  }
}
