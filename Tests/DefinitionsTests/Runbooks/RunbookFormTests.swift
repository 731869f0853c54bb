import Definitions
import Reliability
import Testing

@Suite("Runbooks in YAML")
struct RunbookFormTests {
  private static let config = """
    apiVersion: burnwatch/v1
    kind: Config
    runbooks: {directories: [books], urlPrefixes: {"https://runbooks.example.com/": books/}}
    """

  private func read(_ texts: [String: String]) throws -> RunbookLibrary {
    let files = texts.merging(["config.yaml": Self.config]) { $1 }
    let loaded = Loader.load(files)
    #expect(loaded.diagnostics.map(\.description) == [])
    #expect(Set(loaded.files) == Set(files.keys))
    return try #require(loaded.configuration).runbooks
  }

  private func read(_ text: String) throws -> Runbook {
    try #require(try read(["books/a.yaml": text]).runbooks.first)
  }

  @Test("Form a: triggers, actions of each kind, escalation")
  func incident() throws {
    let runbook = try read(
      """
      apiVersion: runbook/v1
      kind: IncidentRunbook
      metadata: {name: checkout-errors, service: checkout}
      spec:
        title: Checkout errors
        severity: SEV2
        triggers:
          - {alert: ErrorBudgetBurn, threshold: "> 14.4x", labels: {service: checkout}}
          - {alert: Other, labels: 'team=~"shop|pay"'}
        steps:
          - name: Look
            actions:
              - {description: The dashboard, link: "https://grafana.example.com/d/1"}
              - {description: Errors by code, query: "SELECT code FROM errors"}
              - description: Latency is back
                metric: p95_latency < 300ms
          - name: Act
            actions:
              - description: Roll back
                command: kubectl -n shop rollout undo deploy/{{ labels.service }}
                timeout: 60s
                confirm: true
                danger: true
                required: false
                rollback: kubectl -n shop rollout undo deploy/checkout
                env: {REGION: eu}
                when: 'severity="page"'
                interactive: true
                verify: {query: errors, operator: "<", value: 0.1%, within: 5m, for: 1m}
              - Tell the channel
        escalation: [{after: 15m, to: senior-sre}, {after: no progress, to: manager}]
        metrics: {p95_latency: "histogram_quantile(0.95, x)"}
      """)
    #expect(runbook.id == "checkout-errors")
    #expect(runbook.title == "Checkout errors")
    #expect(runbook.severity == "SEV2")
    #expect(
      runbook.triggers.map(\.matchers) == [
        [LabelMatcher("service", .equal, "checkout")], [LabelMatcher("team", .matches, "shop|pay")],
      ])
    #expect(runbook.triggers.map(\.threshold) == ["> 14.4x", nil])
    #expect(
      runbook.steps.map(\.name) == [
        "The dashboard", "Errors by code", "Latency is back", "Roll back", "verify: Roll back",
        "Tell the channel",
      ])
    #expect(runbook.steps.map(\.group) == ["Look", "Look", "Look", "Act", "Act", "Act"])
    #expect(runbook.steps.map(\.isRequired) == [false, false, true, false, false, true])
    #expect(
      runbook.steps[0].action == .link(TemplateText(verbatim: "https://grafana.example.com/d/1")))
    #expect(runbook.escalations.map(\.after) == [.seconds(900), nil])
    #expect(runbook.escalations.map(\.condition) == [nil, "no progress"])
    #expect(runbook.metrics == ["p95_latency": "histogram_quantile(0.95, x)"])
    #expect(runbook.origin == Runbook.Origin(file: "books/a.yaml", line: 1))
    #expect(runbook.steps[3].origin.line == 19)
    let options = runbook.steps[3].options
    #expect(options.timeout == .seconds(60))
    #expect(options.confirms && options.isDangerous && options.isInteractive)
    #expect(options.environment == ["REGION": TemplateText(verbatim: "eu")])
    #expect(options.condition == [LabelMatcher("severity", .equal, "page")])
    guard case .verify(let verification) = runbook.steps[4].action else {
      Issue.record("no verification")
      return
    }
    #expect("\(verification.bound)" == "< 0.001")
    #expect(verification.within == .seconds(300))
    #expect(verification.holds == .seconds(60))
  }

  @Test("Form b: a short list")
  func list() throws {
    let runbook = try read(
      """
      name: restart
      steps:
        - {step: 1, action: Look at the queue}
        - {step: Restart, action: Restart the worker, command: systemctl restart worker}
      escalation_path: [on-call, {to: manager, after: 30m}]
      """)
    #expect(runbook.id == "restart")
    #expect(runbook.steps.map(\.name) == ["Look at the queue", "Restart"])
    #expect(runbook.steps.map(\.description) == ["", "Restart the worker"])
    #expect(runbook.steps.map(\.hasCommand) == [false, true])
    #expect(runbook.escalations.map(\.to) == ["on-call", "manager"])
  }

  @Test("Form c: what is known becomes steps, all else stays text")
  func template() throws {
    let runbook = try read(
      """
      runbook_template:
        title: Checkout errors
        severity: SEV1
        symptoms: [5xx above 1 %, carts are lost]
        triage: {step1: Look at the error rate, step2: Look for a release}
        diagnosis:
          common_causes: [{cause: A bad release, check: rollout history, action: roll it back}]
        resolution:
          immediate: [Roll back]
          investigation: Read the logs
        escalation: {when: after 30 minutes, who: the payments team, how: "#payments"}
        communication: {channel: "#incidents", every: 30m}
        postmortem: {required: true}
      """)
    #expect(runbook.id == "a")
    #expect(runbook.title == "Checkout errors")
    #expect(
      runbook.steps.map(\.name) == [
        "Look at the error rate", "Look for a release", "A bad release", "Roll back",
        "Read the logs",
      ])
    #expect(runbook.steps[2].description == "Check: rollout history\nThen: roll it back")
    #expect(runbook.steps[3].group == "Resolution: immediate")
    #expect(runbook.sections.map(\.title) == ["Symptoms", "Communication", "Postmortem"])
    #expect(
      runbook.sections.map(\.text) == [
        "- 5xx above 1 %\n- carts are lost", "channel: #incidents\nevery: 30m", "required: true",
      ])
    #expect(runbook.escalations.map(\.to) == ["the payments team"])
    #expect(!runbook.hasCommands)
  }

  @Test("Directories are read with all below, and addresses lead into them")
  func library() throws {
    let library = try read([
      "books/a.yaml": "{name: a, steps: [x]}", "books/deep/b.yml": "{name: b, steps: [x]}",
      "books/c.md": "# C\n\n- x\n",
    ])
    #expect(library.runbooks.map(\.id) == ["a", "c", "b"])
    #expect(library.pathsByPrefix == ["https://runbooks.example.com/": "books"])
  }

  @Test("A runbook whose file others can write is there, but none of its commands may run")
  func refusal() throws {
    var files = MemoryFileSystem(texts: [
      "config.yaml": Self.config, "books/a.yaml": "{name: a, steps: [{command: id}]}",
    ])
    files.files["books/a.yaml"]?.permissions = 0o666
    let loaded = Loader(files).load(configurationAt: "config.yaml")
    let runbook = try #require(loaded.configuration?.runbooks.runbooks.first)
    #expect(
      runbook.commandRefusal == "the file holds a command and others can write it (mode 666)")
    #expect(loaded.diagnostics.count == 1)
  }

  @Test("A folder above the file's that others can write is no better")
  func foldersAbove() throws {
    var book = MemoryFileSystem.File("{name: a, steps: [{command: id}]}")
    var config = MemoryFileSystem.File(Self.config)
    book.folder = FileAccess(owner: 0, permissions: 0o755)
    config.folder = FileAccess(owner: 1000, permissions: 0o777)
    let files = MemoryFileSystem(["team/config.yaml": config, "team/books/a.yaml": book])
    let loaded = Loader(files).load(configurationAt: "team/config.yaml")
    let runbook = try #require(loaded.configuration?.runbooks.runbooks.first)
    #expect(runbook.commandRefusal?.contains("folder \"team\" (mode 777)") == true)
  }

  @Test("A folder with the sticky bit is safe, others that all can write are not")
  func folders() throws {
    func refusal(_ permissions: UInt16, owner: UInt32) -> String? {
      var file = MemoryFileSystem.File("{name: a, steps: [{command: id}]}")
      file.folder = FileAccess(owner: owner, permissions: permissions)
      let files = MemoryFileSystem(["config.yaml": .init(Self.config), "books/a.yaml": file])
      let loaded = Loader(files).load(configurationAt: "config.yaml")
      return loaded.configuration?.runbooks.runbooks.first?.commandRefusal
    }
    #expect(refusal(0o755, owner: 1000) == nil)
    #expect(refusal(0o755, owner: 0) == nil)
    #expect(refusal(0o1777, owner: 0) == nil)
    #expect(refusal(0o777, owner: 0)?.contains("mode 777") == true)
    #expect(refusal(0o755, owner: 7)?.contains("user 7") == true)
  }
}
