import Connectors
import Reliability
import Synchronization
import TestSupport
import Testing

/// The real HTTP client against a server that misbehaves on request.
@Suite("HTTP")
struct TransportTests {
  private static let empty =
    "{\"status\":\"success\",\"data\":{\"resultType\":\"vector\",\"result\":[]}}"

  /// One burn-window question; its failure's words, or `nil` when an answer came.
  private func ask(
    _ settings: SourceSettings, environment: [String: String] = [:]
  ) async throws -> String? {
    let slo = try Fixture.slo()
    let source = try PrometheusSource.live(settings, slos: [slo], environment: environment)
    let demand = Demand(slo.id, .burn(.minutes(5)))
    let results = await source.readings(for: [demand], at: Fixture.now)
    await source.close()
    return results.failure(demand)?.message
  }

  @Test("Queries are posted as forms below the base path, with headers and parameters")
  func request() async throws {
    let server = try await FaultServer.start({ _ in .empty })
    defer { server.stop() }
    let settings = Fixture.settings(
      server.url + "/prometheus/", auth: .bearer(.literal("t0ken")),
      headers: [SourceSettings.Header(name: "X-Scope-OrgID", value: .literal("shop"))],
      parameters: [SourceSettings.Parameter(name: "dedup", value: "false")])
    #expect(try await ask(settings) == nil)
    let arrived = try #require(server.arrived.first)
    #expect(arrived.method == "POST")
    #expect(arrived.target == "/prometheus/api/v1/query")
    #expect(arrived.header("Authorization") == "Bearer t0ken")
    #expect(arrived.header("X-Scope-OrgID") == "shop")
    #expect(arrived.header("Content-Type") == "application/x-www-form-urlencoded")
    #expect(arrived.body.hasSuffix("&time=1795200000.000&timeout=9.0&dedup=false"))
  }

  @Test("Basic credentials are encoded")
  func basic() async throws {
    let server = try await FaultServer.start({ _ in .empty })
    defer { server.stop() }
    let settings = Fixture.settings(
      server.url, auth: .basic(username: "ines", password: .literal("a:b")))
    #expect(try await ask(settings) == nil)
    #expect(server.arrived.first?.header("Authorization") == "Basic aW5lczphOmI=")
  }

  @Test("After a 401 the secret is read again, once")
  func freshSecret() async throws {
    let directory = try ServerProcess.makeDirectory()
    defer { ServerProcess.removeDirectory(directory) }
    let path = "\(directory)/token"
    try ServerProcess.write("old", to: path)
    let handler: FaultServer.Behavior = { arrived in
      if arrived.header("Authorization") == "Bearer new" { return .empty }
      try? ServerProcess.write("new", to: path)
      return .json("{}", status: 401)
    }
    let server = try await FaultServer.start(handler)
    defer { server.stop() }
    #expect(try await ask(Fixture.settings(server.url, auth: .bearer(.file(path)))) == nil)
    #expect(
      server.arrived.map { $0.header("Authorization") } == ["Bearer old", "Bearer new"])
  }

  @Test(
    "A secret that stays wrong is asked with twice, and no sentence quotes it, encoded or not",
    arguments: [
      (SourceSettings.Auth.bearer(.literal("hush-hush")), "Bearer …"),
      (.basic(username: "ines", password: .literal("hush-hush")), "Basic …"),
    ])
  func wrongSecret(auth: SourceSettings.Auth, shown: String) async throws {
    let handler: FaultServer.Behavior = { arrived in
      .answer(
        status: 401, type: "text/plain", "no entry for \(arrived.header("Authorization") ?? "")")
    }
    let server = try await FaultServer.start(handler)
    defer { server.stop() }
    #expect(
      try await ask(Fixture.settings(server.url, auth: auth))
        == "not let in: HTTP 401 \"no entry for \(shown)\"; check the source's auth")
    #expect(server.arrived.count == 2)
  }

  @Test("Compressed answers are read")
  func gzip() async throws {
    let handler: FaultServer.Behavior = { _ in
      .answer(
        .init(
          status: 200, fields: [("Content-Encoding", "gzip")],
          body: Gzip.stored(Array(Self.empty.utf8))))
    }
    let server = try await FaultServer.start(handler)
    defer { server.stop() }
    #expect(try await ask(Fixture.settings(server.url)) == nil)
    #expect(server.arrived.first?.header("Accept-Encoding") == "gzip")
  }

  @Test("Answers beyond the limit are not read to their end", arguments: [false, true])
  func sizeLimit(isCompressed: Bool) async throws {
    let body = [UInt8](repeating: UInt8(ascii: " "), count: 100_000)
    let handler: FaultServer.Behavior = { _ in
      isCompressed
        ? .answer(
          .init(status: 200, fields: [("Content-Encoding", "gzip")], body: Gzip.stored(body)))
        : .answer(.init(status: 200, body: body))
    }
    let server = try await FaultServer.start(handler)
    defer { server.stop() }
    let limits = SourceSettings.Limits(requestsPerSecond: 1000, responseBytes: 10_000)
    #expect(
      try await ask(Fixture.settings(server.url, limits: limits))
        == "the answer is larger than 10000 bytes; raise limits.responseBytes or ask for less")
  }

  @Test("A server that says nothing runs into the time-out, which is not retried")
  func timeout() async throws {
    let server = try await FaultServer.start({ _ in .silence })
    defer { server.stop() }
    let settings = Fixture.settings(server.url, timeout: .milliseconds(300))
    #expect(try await ask(settings) == "no answer within 0.3 s")
    #expect(server.arrived.count == 1)
  }

  @Test("A redirection is not followed and its target named")
  func redirect() async throws {
    let handler: FaultServer.Behavior = { _ in
      .answer(.init(status: 307, fields: [("Location", "http://elsewhere.example/x?t=1")]))
    }
    let server = try await FaultServer.start(handler)
    defer { server.stop() }
    #expect(
      try await ask(Fixture.settings(server.url, auth: .bearer(.literal("t0ken"))))
        == "redirected (HTTP 307) to \"http://elsewhere.example/x\", which is not followed; "
        + "check the source's url")
  }

  @Test("A connection that ends in the middle of an answer is a broken connection, and retried")
  func halfBody() async throws {
    let count = Mutex(0)
    let handler: FaultServer.Behavior = { _ in
      let number = count.withLock { count in
        count += 1
        return count
      }
      return number < 3 ? .half(promised: 500, body: "{\"status\":") : .empty
    }
    let server = try await FaultServer.start(handler)
    defer { server.stop() }
    #expect(try await ask(Fixture.settings(server.url)) == nil)
    #expect(server.arrived.count == 3)
  }

  @Test("Garbage where an answer should be is shown by its beginning")
  func garbage() async throws {
    let server = try await FaultServer.start { _ in
      .answer(.init(status: 200, body: [0xFF, 0x00] + Array("not JSON".utf8)))
    }
    defer { server.stop() }
    #expect(
      try await ask(Fixture.settings(server.url))
        == "the answer is not Prometheus's: it begins \"\u{FFFD}\0not JSON\"")
  }

  @Test("A server that hangs up is named as such")
  func hangUp() async throws {
    let server = try await FaultServer.start({ _ in .hangUp })
    defer { server.stop() }
    #expect(
      try await ask(Fixture.settings(server.url))
        == "no connection: the server closed the connection")
  }

  @Test("A closed port says so in the system's words")
  func refusedConnection() async throws {
    let port = try LoopbackHTTP.freePort()
    #expect(
      try await ask(Fixture.settings("http://127.0.0.1:\(port)"))
        == "no connection: connection refused")
  }

  @Test("A name that does not resolve is named")
  func unknownHost() async throws {
    #expect(
      try await ask(Fixture.settings("http://no-such-host.invalid"))
        == "no connection: the name \"no-such-host.invalid\" cannot be resolved")
  }

  @Test(
    "The environment's proxy is asked for a way to the server, and its refusal is told",
    arguments: [
      (403, "no connection: the proxy refused the connection"),
      (407, "no connection: the proxy wants a user name and password"),
    ])
  func proxy(status: Int, message: String) async throws {
    let server = try await FaultServer.start { _ in .answer(.init(status: status)) }
    defer { server.stop() }
    let settings = Fixture.settings("http://prom.example:9090")
    #expect(try await ask(settings, environment: ["http_proxy": server.url]) == message)
    #expect(server.arrived.first?.method == "CONNECT")
    #expect(server.arrived.first?.target == "prom.example:9090")
  }
}
