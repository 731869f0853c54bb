import Connectors
import Reliability
import TestSupport
import Testing

/// The labels of alerts within incidents.
@Suite("PagerDuty: labels")
struct PagerDutyLabelTests {
  private typealias Rig = PagerDutyRig

  @Test(
    "Labels are found wherever a tool puts them",
    arguments: [
      (#"{"type":"alert_body","details":{"alertname":"DiskFull","instance":"db-1"}}"#, true),
      (
        #"{"cef_details":{"message":"x","details":{"alertname":"DiskFull","instance":"db-1"}}}"#,
        true
      ),
      (#"{"details":{"custom_details":{"alertname":"DiskFull","instance":"db-1"}}}"#, true),
      (
        #"{"details":{"labels":{"alertname":"DiskFull","instance":"db-1"},"num_firing":"1"}}"#,
        true
      ),
      (
        #"{"details":{"alertname":"DiskFull","instance":"db-1","firing":"Labels:\n - a","n":3,"#
          + #""runbook page":"x","":"y","e":""}}"#, true
      ),
      (#"{"details":"a text","cef_details":{"severity":"critical"}}"#, false),
      (#"{"type":"alert_body"}"#, false),
      ("null", false),
      ("[1]", false),
    ])
  func forms(body: String, hasLabels: Bool) async throws {
    var incident = Rig.incident()
    incident.alertBodies = [body, body]
    try await Rig.use(incidents: [incident]) { rig in
      let labels = try #require(try await rig.report().alerts.first?.incident).alertLabels
      let expected = LabelSet(["alertname": "DiskFull", "instance": "db-1"])
      #expect(labels == (hasLabels ? [expected] : []))
    }
  }

  @Test("A poll looks at ten incidents, and at none twice")
  func bounded() async throws {
    try await Rig.use(incidents: Rig.incidents(25)) { rig in
      let report = try await rig.report()
      #expect(rig.standIn.requests.count == 1 + 10)
      #expect(report.remarks == ["the labels of 15 incidents are not known yet"])
      #expect(report.isAuthoritative)
      _ = try await rig.report()
      #expect(try await rig.report().remarks == [])
      #expect(rig.standIn.requests.count == 3 + 25)
      _ = try await rig.report()
      #expect(rig.standIn.requests.count == 4 + 25)
    }
  }

  @Test("An incident that takes in another alert is looked at again")
  func grown() async throws {
    try await Rig.use(incidents: [Rig.incident()]) { rig in
      let before = try await rig.report()
      #expect(before.alerts.first?.incident?.alertLabels == [])
      var incident = Rig.incident()
      incident.alertBodies = [#"{"details":{"alertname":"DiskFull"}}"#]
      rig.standIn.change { [incident] in $0.add(incident) }
      #expect(
        try await rig.report().alerts.first?.incident?.alertLabels
          == [LabelSet(["alertname": "DiskFull"])])
    }
  }

  @Test("A failure leaves the incidents without labels, and the next poll goes on")
  func failure() async throws {
    try await Rig.use(incidents: Rig.incidents(3)) { rig in
      rig.standIn.plan(
        PagerDutyFault(
          .status(500, code: 2000, message: "Internal Error"), with: "GET /incidents/*/alerts"))
      let report = try await rig.report()
      #expect(report.alerts.count == 3 && report.isAuthoritative)
      #expect(rig.standIn.requests.count == 2)
      #expect(try await rig.health().state == .degraded)
      #expect(try await rig.report().remarks == [])
      #expect(try await rig.health().state == .ok)
    }
  }

  @Test("While hardly any requests are left, none is spent on labels")
  func thrift() async throws {
    try await Rig.use(incidents: [Rig.incident()]) { rig in
      var allowance = PagerDutyStandIn.Allowance()
      allowance.remaining = 40
      rig.standIn.allow(allowance)
      _ = try await rig.report()
      #expect(rig.standIn.reads == ["GET /incidents"])
    }
  }
}
