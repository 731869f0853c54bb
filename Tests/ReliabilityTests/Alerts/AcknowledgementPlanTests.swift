import Reliability
import Testing

@Suite("Plans of acknowledgements")
struct AcknowledgementPlanTests {
  private func plan(
    _ chosen: [Alert], among all: [Alert] = [], settings: AlertSettings = AlertSettings()
  ) -> AcknowledgementPlan {
    AcknowledgementPlan(
      chosen, among: all + chosen, comment: "on it", settings: settings, clusters: ["test", "us"])
  }

  private func alert(
    _ labels: [String: String], flags: Set<Alert.State> = [.firing], cluster: String = "test",
    _ change: (inout Alert.Facts) -> Void = { _ in }
  ) -> Alert {
    MatchingSamples.alert(labels, flags: flags) { facts in
      facts.id = Alert.ID(cluster: cluster, fingerprint: facts.labels.fingerprint)
      change(&facts)
    }
  }

  private func acknowledged(
    by name: String, _ delivery: Acknowledgement.Delivery
  ) -> Alert {
    alert(["alertname": "Disk"]) {
      $0.acknowledgement = Acknowledgement(
        by: name, at: MatchingSamples.now, until: nil, comment: "", delivery: delivery)
    }
  }

  @Test("An alert of Alertmanager is silenced by exactly its labels without the volatile ones")
  func matchers() {
    let disk = alert([
      "alertname": "Disk", "path": #"/var/.*"x""#, "pod": "web-1", "prometheus_replica": "a",
      "stadt": "Köln",
    ])
    let target = AlertTarget(
      alert: disk.id, name: "Disk", startsAt: disk.startsAt,
      backend: .alertmanager(
        source: "test",
        matchers: [
          LabelMatcher("alertname", .equal, "Disk"),
          LabelMatcher("path", .equal, #"/var/.*"x""#), LabelMatcher("stadt", .equal, "Köln"),
        ]))
    #expect(plan([disk]).actions == [.acknowledge(target, comment: "on it")])
    #expect(plan([disk]).remarks.isEmpty)
  }

  @Test("The labels that do not count are the configuration's")
  func configured() {
    let disk = alert(["alertname": "Disk", "pod": "web-1"])
    let settings = AlertSettings(volatileLabels: ["alertname"])
    #expect(
      settings.acknowledgementMatchers(for: disk.labels)
        == [LabelMatcher("pod", .equal, "web-1")])
  }

  @Test("What it would mute besides is known: unattended alerts of the cluster, not chosen")
  func alsoMuted() {
    let chosen = alert(["alertname": "Disk", "host": "a", "pod": "1"])
    let twin = alert(["alertname": "Disk", "host": "a", "pod": "2"])
    let more = alert(["alertname": "Disk", "host": "a", "mount": "/"])
    let others = [
      alert(["alertname": "Disk", "host": "b", "pod": "3"]), alert(["alertname": "Disk"]),
      alert(["alertname": "Disk", "host": "a", "pod": "4"], flags: [.firing, .silenced]),
      alert(["alertname": "Disk", "host": "a", "pod": "5"], cluster: "us"),
    ]
    let plan = plan([chosen], among: [twin, more] + others)
    #expect(plan.alsoMuted.map(\.id) == [twin.id, more.id])
    #expect(self.plan([chosen, twin], among: [twin, more]).alsoMuted.map(\.id) == [more.id])
  }

  @Test("An alert that is an incident is acknowledged in PagerDuty, and mutes nothing")
  func pagerDuty() {
    let chosen = alert(["alertname": "Disk", "pod": "1"]) {
      $0.incident = ReportedAlert.Incident(id: "Q1", number: 1, isHighUrgency: true)
      $0.incident?.source = "pd"
    }
    let plan = plan([chosen], among: [alert(["alertname": "Disk", "pod": "2"])])
    let target = AlertTarget(
      alert: chosen.id, name: "Disk", startsAt: chosen.startsAt,
      backend: .pagerDuty(source: "pd", incident: "Q1"))
    #expect(plan.actions == [.acknowledge(target, comment: "on it")])
    #expect(plan.alsoMuted.isEmpty)
  }

  @Test(
    "What no Alertmanager names is acknowledged in the journal alone", arguments: ["local", "p"])
  func local(cluster: String) {
    let chosen = alert(["alertname": "Burn"], cluster: cluster)
    let target = AlertTarget(
      alert: chosen.id, name: "Burn", startsAt: chosen.startsAt, backend: .local)
    #expect(plan([chosen]).actions == [.acknowledge(target, comment: "on it")])
  }

  @Test("What has ended, or is acknowledged, is left out with the reason; what failed is not")
  func leftOut() {
    let ended = alert(["alertname": "Load"], flags: [.resolved])
    let plan = plan([ended, acknowledged(by: "bob", .confirmed)])
    #expect(plan.actions.isEmpty)
    #expect(plan.remarks == ["Load has ended.", "Disk is acknowledged by bob already."])
    #expect(self.plan([acknowledged(by: "ada", .failed)]).actions.count == 1)
    #expect(self.plan([acknowledged(by: "ada", .queued)]).actions.isEmpty)
  }
}
