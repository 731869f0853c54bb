import Reliability
import Testing

@Suite("Which runbooks belong to an alert")
struct RunbookLibraryTests {
  private static let prefixes = [
    "https://runbooks.example.com/": "/etc/burnwatch/runbooks/",
    "https://runbooks.example.com/old/": "/etc/burnwatch/old",
  ]

  private func runbook(
    _ id: String, file: String? = nil, service: String? = nil,
    triggers: [(alert: String, matchers: [LabelMatcher])] = []
  ) -> Runbook {
    let origin = Runbook.Origin(file: file ?? "/etc/burnwatch/runbooks/\(id).md", line: 1)
    return Runbook(
      id: id, title: id, service: service,
      triggers: triggers.map {
        Runbook.Trigger(alert: $0.alert, matchers: $0.matchers, origin: origin)
      },
      origin: origin)
  }

  private func alert(
    _ name: String, _ labels: [String: String] = [:], annotations: [String: String] = [:],
    service: String? = nil, runbook: String? = nil
  ) -> Alert {
    let labels = labels.merging(["alertname": name]) { $1 }
    return Alert(
      Alert.Facts(
        id: Alert.ID(cluster: "am", fingerprint: "1"), labels: LabelSet(labels),
        annotations: LabelSet(annotations), severity: .page, service: service, startsAt: .epoch,
        runbook: runbook))
  }

  private func reasons(_ runbooks: [Runbook], _ alert: Alert) -> [String] {
    RunbookLibrary(runbooks, pathsByPrefix: Self.prefixes).matches(for: alert)
      .map { "\($0.runbook.id): \($0.reason)" }
  }

  @Test("The best reason comes first, and each runbook once")
  func order() {
    let matchers = [LabelMatcher("service", .matches, "check.*")]
    let runbooks = [
      runbook("about-checkout", service: "checkout"), runbook("BudgetBurn"),
      runbook("named", file: "/elsewhere/checkout-errors.md"),
      runbook("mapped", file: "/etc/burnwatch/runbooks/checkout-errors.md", service: "checkout"),
      runbook("loose", triggers: [("BudgetBurn", [])]),
      runbook("exact", triggers: [("BudgetBurn", []), ("BudgetBurn", matchers)]),
      runbook("other", service: "search", triggers: [("DiskFull", [])]),
    ]
    let address = "https://runbooks.example.com/checkout-errors"
    let alert = alert(
      "BudgetBurn", ["service": "checkout"], annotations: ["runbook_url": address],
      service: "checkout")
    #expect(
      reasons(runbooks, alert) == [
        "exact: its trigger names BudgetBurn{service=~\"check.*\"}",
        "loose: its trigger names BudgetBurn",
        "mapped: the alert's address \(address) leads to its file",
        "named: the alert names it: \(address)",
        "BudgetBurn: it has the name of the alert BudgetBurn",
        "about-checkout: it is about the service checkout",
      ])
  }

  @Test("A trigger wants all its matchers, and one with a broken pattern matches nothing")
  func triggers() {
    let strict = runbook("strict", triggers: [("A", [LabelMatcher("env", .equal, "prod")])])
    let broken = runbook("broken", triggers: [("A", [LabelMatcher("env", .matches, "(")])])
    #expect(reasons([strict, broken], alert("A", ["env": "test"])) == [])
    #expect(reasons([strict, broken], alert("A", ["env": "prod"])).count == 1)
  }

  @Test(
    "Case, ending, query and fragment of an address do not count",
    arguments: [
      "node/diskfull", "node/DiskFull.html?x=1", "node/DISKFULL.md#meaning", "node//DiskFull/",
    ])
  func spellings(path: String) {
    let disk = runbook("d", file: "/etc/burnwatch/runbooks/node/DiskFull.md")
    let alert = alert("X", annotations: ["runbook": "https://runbooks.example.com/\(path)"])
    #expect(
      RunbookLibrary([disk], pathsByPrefix: Self.prefixes).matches(for: alert).map(\.reason)
        == [.address("https://runbooks.example.com/\(path)")])
  }

  @Test("The longest prefix counts, and a path does not climb out of its directory")
  func prefixes() {
    let old = runbook("o", file: "/etc/burnwatch/old/disk.md")
    let secret = runbook("s", file: "/etc/secret/x.md")
    let library = RunbookLibrary([old, secret], pathsByPrefix: Self.prefixes)
    func found(_ path: String) -> [String] {
      let address = "https://runbooks.example.com/\(path)"
      return library.matches(for: alert("X", annotations: ["runbook_url": address])).filter {
        if case .address = $0.reason { true } else { false }
      }.map(\.runbook.id)
    }
    #expect(found("old/disk") == ["o"])
    #expect(found("../../secret/x") == [])
    #expect(found("old/../../secret/x.md") == [])
  }

  @Test("The runbook that the alert's SLO names is found, in any spelling")
  func named() {
    let runbooks = [runbook("payments_latency"), runbook("other")]
    #expect(
      reasons(runbooks, alert("X", runbook: "Payments-Latency"))
        == ["payments_latency: the alert names it: Payments-Latency"])
  }

  @Test("An alert without a runbook has none, and names lead to runbooks")
  func nothing() {
    let library = RunbookLibrary([runbook("a"), runbook("b")])
    #expect(library.matches(for: alert("X", service: "shop")).isEmpty)
    #expect(library.runbook(named: "b")?.id == "b")
    #expect(library.runbook(named: "c") == nil)
  }
}
