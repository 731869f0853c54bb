import Definitions
import Reliability
import Testing

@Suite("The configuration file")
struct ConfigurationTests {
  private static let full = """
    apiVersion: burnwatch/v1
    kind: Config
    identity: {name: ines, email: ines@example.com}
    sources:
      - name: prom-eu
        type: prometheus
        url: "https://prom.example.com/eu"
        refresh: 30s
        timeout: 5s
        offset: 1m
        headers: {X-Scope-OrgID: shop, X-Key: {env: PROM_KEY}}
        query: {dedup: false, partial_response: "true"}
        auth: {basic: {username: ines, password: {file: secrets/prom}}}
        tls: {caFile: ca.pem, certFile: /etc/ssl/c.pem, keyFile: ~/c.key, serverName: prom}
        limits: {requestsPerSecond: 0.5, concurrent: 2, responseBytes: 1048576, queryBytes: 8192}
      - name: am
        type: alertmanager
        urls: ["http://127.0.0.1:9093", "http://127.0.0.1:9094"]
        auth: {bearer: {env: AM_TOKEN}}
      - {name: pd, type: pagerduty, token: {command: [pass, pagerduty]}, from: ines@example.com}
    theme: dark
    journal: state/journal.db
    ui: {refresh: 20s, bell: no, asciiOnly: true, clock: false, layout: wide}
    conventions: {counter: requests_total, statusLabel: status, badMatcher: "5..|429",
      exclude: 'status="404"', histogram: request_seconds, serviceLabel: app}
    include: []
    policies: []
    oncall: []
    runbooks: {directories: [runbooks], urlPrefixes: {"https://runbooks.example.com/": runbooks/}}
    severities: {critical: page, warning: ticket, notice: info}
    labels: {service: [service, app], team: [team]}
    scope: 'team="shop"'
    acknowledge: {duration: 15m, volatileLabels: [pod], author: ines}
    filters: {mine: 'team="shop"'}
    watchdog: {alert: Watchdog, matchers: 'severity="none"'}
    permissions: {silence: confirm, acknowledge: allow}
    """

  private func load(_ text: String) -> LoadedConfiguration {
    Loader.load(["config.yaml": text, "runbooks/disk.md": "- look"])
  }

  @Test("Every documented section is known and none warns")
  func knowsEverySection() {
    #expect(load(ConfigurationTests.full).diagnostics == [])
  }

  @Test("Identity, theme, journal and interface are taken as written, paths resolved")
  func readsScalarSections() throws {
    let text = ConfigurationTests.full
    let loader = Loader(MemoryFileSystem(texts: ["/etc/burnwatch/config.yaml": text]))
    let loaded = loader.load(configurationAt: "/etc/burnwatch/config.yaml")
    let configuration = try #require(loaded.configuration)
    #expect(configuration.identity == Identity(name: "ines", email: "ines@example.com"))
    #expect(configuration.theme == "dark")
    #expect(configuration.journal == "/etc/burnwatch/state/journal.db")
    #expect(
      configuration.interface
        == InterfaceSettings(
          refresh: .seconds(20), ringsBell: false, isASCIIOnly: true, showsClock: false,
          layout: "wide"))
    #expect(
      configuration.conventions
        == Conventions(
          counter: "requests_total", statusLabel: "status",
          bad: [LabelMatcher("status", .matches, "5..|429")],
          excluded: [LabelMatcher("status", .equal, "404")], histogram: "request_seconds",
          serviceLabel: "app"))
  }

  @Test("A metric source has all its settings")
  func readsMetricSource() throws {
    let source = try #require(load(ConfigurationTests.full).configuration?.sources.first)
    #expect(
      source
        == SourceSettings(
          name: "prom-eu", kind: .prometheus, urls: ["https://prom.example.com/eu"],
          auth: .basic(username: "ines", password: .file("secrets/prom")),
          tls: SourceSettings.TLS(
            caFile: "ca.pem", certificateFile: "/etc/ssl/c.pem", keyFile: "/home/ines/c.key",
            serverName: "prom"),
          headers: [
            .init(name: "X-Scope-OrgID", value: .literal("shop")),
            .init(name: "X-Key", value: .environment("PROM_KEY")),
          ],
          parameters: [
            .init(name: "dedup", value: "false"), .init(name: "partial_response", value: "true"),
          ],
          timeout: .seconds(5), refresh: .seconds(30),
          limits: SourceSettings.Limits(
            requestsPerSecond: 0.5, concurrentRequests: 2, responseBytes: 1_048_576,
            queryBytes: 8192),
          offset: .seconds(60)))
  }

  @Test("An Alertmanager has peers, PagerDuty a token and an address")
  func readsOtherSources() throws {
    let sources = try #require(load(ConfigurationTests.full).configuration?.sources)
    #expect(sources.map(\.name) == ["prom-eu", "am", "pd"])
    #expect(sources[1].urls == ["http://127.0.0.1:9093", "http://127.0.0.1:9094"])
    #expect(sources[1].auth == .bearer(.environment("AM_TOKEN")))
    #expect(sources[2].urls == ["https://api.pagerduty.com"])
    #expect(sources[2].auth == .token(.command(["pass", "pagerduty"])))
    #expect(sources[2].from == "ines@example.com")
    #expect(sources[2].headers == [])
  }

  @Test("Without identity, theme or sources the defaults hold")
  func hasDefaults() {
    let loaded = load("apiVersion: burnwatch/v1\nkind: Config\n")
    #expect(loaded.diagnostics == [])
    #expect(
      loaded.configuration
        == Configuration(
          identity: Identity(name: "ines@bastion"), sources: [], slos: [],
          alerts: AlertSettings(author: "ines@bastion")))
  }

  @Test("A broken source is left out, the others stay")
  func brokenSourceIsLeftOut() {
    let loaded = load(
      """
      apiVersion: burnwatch/v1
      kind: Config
      sources:
        - {name: bad, type: prometheus, url: nonsense}
        - {name: good, type: prometheus, url: "http://127.0.0.1:9090"}
      """)
    #expect(loaded.configuration?.sources.map(\.name) == ["good"])
    #expect(loaded.diagnostics.map(\.severity) == [.error])
  }

  @Test("A source with a command in a file that others can write is left out")
  func commandInWritableFileIsRefused() {
    var file = MemoryFileSystem.File(ConfigurationTests.full)
    file.permissions = 0o660
    let loaded = Loader(MemoryFileSystem(["config.yaml": file])).load(
      configurationAt: "config.yaml")
    #expect(loaded.configuration?.sources.map(\.name) == ["prom-eu", "am"])
    file.permissions = 0o640
    file.owner = 0
    let runbook = MemoryFileSystem.File("- look")
    let trusted = Loader(MemoryFileSystem(["config.yaml": file, "runbooks/disk.md": runbook]))
      .load(configurationAt: "config.yaml")
    #expect(trusted.diagnostics == [])
  }

  @Test("Without a configuration in the root file there is none")
  func noConfiguration() {
    #expect(Loader.load([:]).configuration == nil)
    #expect(load("a: [").configuration == nil)
    #expect(load("").configuration == nil)
    #expect(load("").diagnostics.map(\.severity) == [.warning, .error])
  }
}
