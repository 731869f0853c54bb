import Connectors
import Reliability
import Testing

@Suite("Answers")
struct PrometheusAnswerTests {
  private func answer(_ body: String) throws -> PrometheusAnswer {
    try PrometheusAnswer(.json(body))
  }

  private func error(_ answer: HTTPAnswer) -> ConnectorError? {
    do throws(ConnectorError) {
      _ = try PrometheusAnswer(answer)
      return nil
    } catch {
      return error
    }
  }

  private func plain(
    _ status: Int, _ text: String, type: String = "text/plain", _ fields: [HTTPField] = []
  ) -> HTTPAnswer {
    HTTPAnswer(
      status: status, headers: fields + [HTTPField("Content-Type", type)], body: Array(text.utf8))
  }

  @Test(
    "Sample values follow Go's number format and nothing else",
    arguments: [
      ("1", 1), ("-0.5", -0.5), ("1e-07", 1e-7), ("1e+21", 1e21), ("+Inf", .infinity),
      ("-Inf", -.infinity), ("0x1p3", nil), ("nan(5)", nil), ("infinity", nil), ("", nil),
      ("1_0", nil), (" 1", nil),
    ] as [(String, Double?)])
  func numbers(text: String, value: Double?) {
    #expect(SampleValue.number(text) == value)
  }

  @Test("NaN is a number that is none")
  func notANumber() throws {
    #expect(try #require(SampleValue.number("NaN")).isNaN)
  }

  @Test("An instant vector keeps labels, times with fractions and escaped text")
  func vector() throws {
    let answer = try answer(
      """
      {"status":"success","data":{"resultType":"vector","result":[
      {"metric":{"a":"\\u003cb\\u003e\\ud83d\\ude00"},"value":[1767361020.5,"1"]},
      {"metric":{},"histogram":[1767361020,{"count":"0","sum":"0"}]}]}}
      """)
    let at = Timestamp(milliseconds: 1_767_361_020_500)
    #expect(
      answer.series == [
        .init(labels: ["a": "<b>😀"], samples: [.init(at: at, value: 1)]),
        .init(labels: [:], samples: [], hasHistograms: true),
      ])
  }

  @Test("A range with gaps keeps the returned times")
  func matrix() throws {
    let answer = try answer(
      """
      {"status":"success","data":{"resultType":"matrix","result":[
      {"metric":{"m":"x"},"values":[[60,"1"],[180,"2"]]}]},"infos":["x"],"warnings":["partial"]}
      """)
    #expect(answer.series.map { $0.samples.map(\.at.seconds) } == [[60, 180]])
    #expect(answer.warnings == ["partial"])
  }

  @Test("An error in Prometheus's format is a refusal, also with VictoriaMetrics's numeric types")
  func refusals() {
    let body = "{\"status\":\"error\",\"errorType\":\"422\",\"error\":\"unknown func\"}"
    #expect(
      error(.json(body, status: 422))
        == .refused(Refusal(status: 422, type: "422", message: "unknown func")))
  }

  @Test(
    "Refusals call for different answers",
    arguments: [
      (400, "bad_data", "1:5: parse error", .badQuery),
      (422, "execution", "found duplicate series for the match group", .badQuery),
      (422, "422", "unknown func \"x\"", .badQuery),
      (422, "execution", "query processing would load too many samples into memory", .tooHeavy),
      (503, "timeout", "query timed out in query execution", .tooHeavy),
      (422, "422", "too long query; got 99 bytes", .tooLong), (413, "", "too large", .tooLong),
      (500, "internal", "storage failed", .serverTrouble),
      (503, "unavailable", "not ready", .serverTrouble),
    ] as [(Int, String, String, Refusal.Kind)])
  func refusalKinds(status: Int, type: String, message: String, kind: Refusal.Kind) {
    #expect(Refusal(status: status, type: type, message: message).kind == kind)
  }

  @Test("Whatever stands in the server's way keeps its status and its words")
  func otherAnswers() {
    let sentences = [
      (
        plain(404, "404 page not found\n"),
        "nothing there: HTTP 404 \"404 page not found\"; check the path of the source's url"
      ),
      (plain(401, "no org id\n"), "not let in: HTTP 401 \"no org id\"; check the source's auth"),
      (plain(403, ""), "not allowed: HTTP 403; check what the source's credentials may read"),
      (
        plain(502, "<html><body><h1>502 Bad Gateway</h1></body></html>", type: "text/html"),
        "the server failed: HTTP 502 \"502 Bad Gateway\""
      ),
      (
        plain(429, "slow down", [HTTPField("Retry-After", "7")]),
        "too many requests: HTTP 429 \"slow down\", asked to wait 7 s"
      ),
      (
        plain(302, "", [HTTPField("Location", "https://u:p@sso.example.com/login?token=x")]),
        "redirected (HTTP 302) to \"https://sso.example.com/login\", which is not followed; "
          + "check the source's url"
      ),
      (plain(204, ""), "the answer is not Prometheus's: HTTP 204 without content"),
      (
        plain(200, "<html><title>Login</title></html>", type: "text/html"),
        "the answer is not Prometheus's: it begins \"Login\""
      ),
      (
        plain(200, "{\"status\":\"success\",\"data\":{\"resu"),
        "the answer is not Prometheus's: it begins \"{\"status\":\"success\",\"data\":{\"resu\""
      ),
      (
        .json("{\"status\":\"success\",\"data\":{}}"),
        "the answer is not Prometheus's: it says success and has no result"
      ),
    ]
    for (answer, sentence) in sentences { #expect(error(answer)?.message == sentence) }
  }

  @Test("A message is cut to a length that fits a row")
  func longMessages() {
    let long = String(repeating: "word ", count: 1000)
    let body = "{\"status\":\"error\",\"errorType\":\"bad_data\",\"error\":\"\(long)\"}"
    #expect(error(.json(body, status: 400))?.message.count == 400)
  }
}
