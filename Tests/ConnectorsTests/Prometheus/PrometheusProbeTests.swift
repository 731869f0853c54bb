import Connectors
import Reliability
import TestSupport
import Testing

/// What a probe makes of a server's answers.
///
/// The bodies have the shape that Debian's Prometheus 2.42 and VictoriaMetrics gave.
@Suite("Prometheus probe")
struct PrometheusProbeTests {
  private func probe(
    _ settings: SourceSettings = Fixture.settings(),
    secrets: SecretResolver = SecretResolver(environment: [:]),
    clock: any WallClock = ManualClock(at: Fixture.now), _ handler: @escaping FakePrometheus.Handler
  ) throws -> PrometheusProbe {
    try PrometheusProbe(
      settings: settings, transport: FakePrometheus(handler), secrets: secrets, clock: clock)
  }

  private func scalar(_ time: String) -> HTTPAnswer {
    .json(#"{"status":"success","data":{"resultType":"scalar","result":[\#(time),"\#(time)"]}}"#)
  }

  @Test("The server's own now tells its clock, to the millisecond", arguments: [0, 40_000, -3_000])
  func skew(_ milliseconds: Int64) async throws {
    let time = Timestamp(milliseconds: Fixture.now.milliseconds + milliseconds)
    let probe = try probe { _ in self.scalar("\(time.seconds)") }
    let skew = try #require(try await probe.contact().skew)
    #expect(skew.lowest == .milliseconds(milliseconds))
    #expect(skew.highest == .milliseconds(milliseconds + 1))
  }

  @Test("time() is asked without a time of ours, with the source's parameters and credentials")
  func question() async throws {
    let server = FakePrometheus { _ in self.scalar("1795200000") }
    let probe = try PrometheusProbe(
      settings: Fixture.settings(
        auth: .bearer(.environment("T")), parameters: [.init(name: "dedup", value: "true")]),
      transport: server, secrets: SecretResolver(environment: ["T": "s3cret"]),
      clock: ManualClock(at: Fixture.now))
    _ = try await probe.contact()
    let asked = try #require(server.asked.first)
    #expect(asked.path == "/api/v1/query")
    #expect(asked.form == ["query": "time()", "dedup": "true"])
    #expect(asked.header("Authorization") == "Bearer s3cret")
  }

  /// VictoriaMetrics evaluates `time()` 30 s ago, so only its Date field is its clock.
  @Test("VictoriaMetrics's clock is read from its Date field")
  func victoriaMetricsClock() async throws {
    let date = "Sat, 21 Nov 2026 04:23:26 GMT"
    let now = try #require(HTTPDate.timestamp(date))
    let probe = try probe(clock: ManualClock(at: now + .milliseconds(300))) { _ in
      .json(
        #"{"status":"success","data":{"resultType":"vector","#
          + #""result":[{"metric":{},"value":[1795235006,"1795234976.521"]}]}}"#,
        headers: [HTTPField("X-Server-Hostname", "vm"), HTTPField("Date", date)])
    }
    let contact = try await probe.contact()
    #expect(contact.isVictoriaMetrics)
    #expect(contact.skew?.least == .zero)
    #expect(contact.skew?.highest == .milliseconds(700))
  }

  @Test("An error does not repeat the secret that the server echoes")
  func concealment() async throws {
    let settings = Fixture.settings(auth: .bearer(.environment("T")))
    let secrets = SecretResolver(environment: ["T": "s3cret"])
    let probe = try probe(settings, secrets: secrets) { _ in
      HTTPAnswer(status: 401, body: Array("no such token s3cret".utf8))
    }
    await #expect(throws: ConnectorError.status(401, text: "no such token …", retryAfter: nil)) {
      _ = try await probe.contact()
    }
  }

  @Test("Kind, version and retention come from the status pages")
  func prometheusProfile() async throws {
    let probe = try probe { asked in
      switch asked.path {
      case "/api/v1/status/buildinfo":
        .json(#"{"status":"success","data":{"version":"2.42.0+ds","goVersion":"go1.19.8"}}"#)
      case "/api/v1/status/runtimeinfo":
        .json(#"{"status":"success","data":{"goroutineCount":24,"storageRetention":"15d"}}"#)
      default: HTTPAnswer(status: 404)
      }
    }
    let profile = await probe.profile(isVictoriaMetrics: false)
    #expect(profile.kind == .prometheus)
    #expect(profile.version == "2.42.0+ds")
    #expect(profile.retention?.length == .seconds(15 * 86_400))
  }

  @Test("Where the runtime page names no retention the flags are read")
  func flags() async throws {
    let probe = try probe { asked in
      asked.path.hasSuffix("/flags")
        ? .json(#"{"status":"success","data":{"storage.tsdb.retention.time":"30d"}}"#)
        : .json(#"{"status":"success","data":{}}"#)
    }
    let profile = await probe.profile(isVictoriaMetrics: false)
    #expect(profile.kind == .unknown)
    #expect(profile.version == nil)
    #expect(profile.retention?.text == "30d")
  }

  @Test("VictoriaMetrics's retention is a line of its flags")
  func victoriaMetricsProfile() async throws {
    let probe = try probe { asked in
      asked.path == "/flags"
        ? HTTPAnswer(
          status: 200, body: Array("-httpListenAddr=\":1\"\n-retentionPeriod=\"1y\"\n".utf8))
        : .json(#"{"status":"success","data":{}}"#)
    }
    let profile = await probe.profile(isVictoriaMetrics: true)
    #expect(profile.kind == .victoriaMetrics)
    #expect(profile.retention?.length == .seconds(365 * 86_400))
  }

  @Test("A server that refuses every page has an unknown profile")
  func refusedPages() async throws {
    let probe = try probe { _ in HTTPAnswer(status: 403) }
    #expect(await probe.profile(isVictoriaMetrics: false) == ServerProfile(kind: .unknown))
  }

  @Test(
    "The kind is told by name, version and field",
    arguments: [
      ("Grafana Mimir", "2.10.0", false, .mimir), ("Cortex", "1.16.0", false, .cortex),
      (nil, "0.34.1", false, .thanos), (nil, "3.1.0", false, .prometheus),
      (nil, "2.24.0", true, .victoriaMetrics), (nil, "", false, .unknown),
      (nil, nil, false, .unknown),
    ] as [(String?, String?, Bool, ServerKind)])
  func kinds(application: String?, version: String?, isVictoria: Bool, kind: ServerKind) {
    #expect(
      ServerKind(application: application, version: version, isVictoriaMetrics: isVictoria) == kind)
  }

  @Test(
    "Retention is read in every form that servers write",
    arguments: [
      ("15d", 15.0), ("15d or 50GB", 15), ("1y", 365), ("1w2d", 9), ("12h", 0.5), ("50GB", nil),
      ("512MiB or 30d", 30),
    ] as [(String, Double?)])
  func retentions(text: String, days: Double?) throws {
    let retention = try #require(Retention(prometheus: text))
    #expect(retention.length == days.map { .seconds(Int64($0 * 86_400)) })
    #expect(retention.text == text)
  }

  @Test("A limit of zero, or none, is no retention", arguments: ["", "0s", "0B", "0s or 0B"])
  func noRetention(_ text: String) {
    #expect(Retention(prometheus: text) == nil)
  }

  @Test(
    "A bare number of VictoriaMetrics counts months",
    arguments: [("1", 31.0), ("6M", 186), ("100d", 100), ("2y", 730)])
  func months(text: String, days: Double) throws {
    let retention = try #require(Retention(victoriaMetrics: text))
    #expect(retention.length == .seconds(Int64(days * 86_400)))
    #expect(retention.text == (text.last == "y" ? text : "\(Int(days))d"))
  }
}
