import Connectors
import Reliability
import Synchronization

/// A server that exists only in the test: a function from what is asked to what is answered.
final class FakePrometheus: HTTPTransport {
  /// What was asked, its form decoded.
  struct Asked: Sendable {
    let path: String
    let form: [String: String]
    let headers: [HTTPField]

    var query: String { form["query"] ?? "" }
    /// How many expressions the query joins.
    var leaves: Int {
      query.split(separator: "label_replace(", omittingEmptySubsequences: false).count - 1
    }

    func header(_ name: String) -> String? { headers.first { $0.name == name }?.value }
  }

  typealias Handler = @Sendable (Asked) throws(ConnectorError) -> HTTPAnswer

  private let yields: Int
  private let handler: Handler
  private let log = Mutex<[Asked]>([])

  /// Makes a server that lets other tasks run so many times before it answers.
  init(yields: Int = 0, _ handler: @escaping Handler) {
    self.yields = yields
    self.handler = handler
  }

  var asked: [Asked] { log.withLock(\.self) }

  func exchange(_ request: HTTPRequest) async throws(ConnectorError) -> HTTPAnswer {
    let path = request.url.replacing("http://127.0.0.1:9090", with: "")
    let asked = Asked(path: path, form: Self.form(request.body), headers: request.headers)
    log.withLock { $0.append(asked) }
    for _ in 0..<yields { await Task.yield() }
    return try handler(asked)
  }

  func close() async {}

  private static func form(_ body: [UInt8]) -> [String: String] {
    var form: [String: String] = [:]
    for pair in body.split(separator: UInt8(ascii: "&")) {
      let halves = pair.split(
        separator: UInt8(ascii: "="), maxSplits: 1, omittingEmptySubsequences: false)
      form[decoded(halves[0])] = decoded(halves[1])
    }
    return form
  }

  private static func decoded(_ bytes: ArraySlice<UInt8>) -> String {
    var result: [UInt8] = []
    var rest = bytes
    while let byte = rest.popFirst() {
      if byte == UInt8(ascii: "%") {
        let digits = String(decoding: rest.prefix(2), as: UTF8.self)
        result.append(UInt8(digits, radix: 16) ?? 0)
        rest = rest.dropFirst(2)
      } else {
        result.append(byte)
      }
    }
    return String(decoding: result, as: UTF8.self)
  }
}

extension HTTPAnswer {
  /// A JSON answer.
  static func json(_ text: String, status: Int = 200, headers: [HTTPField] = []) -> HTTPAnswer {
    HTTPAnswer(
      status: status, headers: headers + [HTTPField("Content-Type", "application/json")],
      body: Array(text.utf8))
  }

  /// An instant vector.
  static func vector(_ series: [(labels: [String: String], value: String)]) -> HTTPAnswer {
    let elements = series.map { series in
      let labels = series.labels.map { "\"\($0.key)\":\"\($0.value)\"" }.joined(separator: ",")
      return "{\"metric\":{\(labels)},\"value\":[1795200000,\"\(series.value)\"]}"
    }
    return .json(
      "{\"status\":\"success\",\"data\":{\"resultType\":\"vector\",\"result\":["
        + elements.joined(separator: ",") + "]}}")
  }

  /// Every expression of a union has the value 1, the totals' 10.
  static func everyLeaf(of asked: FakePrometheus.Asked) -> HTTPAnswer {
    .vector(
      (0..<asked.leaves).map { ([QueryChunk.label: "\($0)"], $0.isMultiple(of: 2) ? "1" : "10") })
  }

  /// Prometheus's refusal of an expression.
  static func badData(_ message: String) -> HTTPAnswer {
    .json(
      "{\"status\":\"error\",\"errorType\":\"bad_data\",\"error\":\"\(message)\"}", status: 400)
  }
}

extension PrometheusSource {
  /// A source on a server that exists only in the test.
  static func fake(
    _ server: FakePrometheus, slos: [SLO], settings: SourceSettings = Fixture.settings(),
    secrets: SecretResolver = SecretResolver(environment: [:]),
    clock: any WallClock = SkippingClock()
  ) throws -> PrometheusSource {
    try PrometheusSource(
      settings: settings, slos: slos, transport: server, secrets: secrets, clock: clock,
      random: { 0.5 })
  }
}
