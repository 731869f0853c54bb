import Reliability
import Testing

@testable import Journal

/// The JSON of the outbox, which other versions read.
@Suite("Stored actions")
struct StoredActionTests {
  private static let hostileTexts = [
    "", "plain", "\"quoted\" 'single' `back` \\slash/", "two\nlines\r\n\ttab", "a\0b\0",
    "\u{202E}RTL עברית\u{2066}", "👩‍🚒 e\u{301} é \u{FFFD}\u{FEFF}\u{10FFFF}",
    "'); DROP TABLE outbox;--", "%s {} </script> \u{1B}[31m\u{7F}\u{85}\u{2028}",
    String(repeating: "Ω\"\n", count: 25_000),
  ]

  private static func target(_ text: String, _ backend: AlertTarget.Backend) -> AlertTarget {
    AlertTarget(
      alert: Alert.ID(cluster: text, fingerprint: text), name: text, startsAt: now,
      backend: backend)
  }

  /// Every action and every backend, with a text wherever one can stand.
  private static func actions(_ text: String) -> [ActionRequest.Action] {
    let matchers = LabelMatcher.Comparison.allCases.map { LabelMatcher(text, $0, text) }
    let plan = SilencePlan(
      source: text, matchers: matchers, startsAt: now, endsAt: now + .seconds(1), comment: text)
    let silence = Silence.sample(text, matchers: matchers)
    return [
      .acknowledge(target(text, .alertmanager(source: text, matchers: matchers)), comment: text),
      .acknowledge(target(text, .pagerDuty(source: text, incident: text)), comment: text),
      .acknowledge(target(text, .local), comment: text),
      .unacknowledge(text, target(text, .local)),
      .silence(plan),
      .extendSilence(silence, until: Timestamp(milliseconds: .max)),
      .expireSilence(silence),
    ]
  }

  @Test("Every action comes back as it was written, whatever is in its texts")
  func roundTrip() async throws {
    try await withPath { path in
      let journal = try SQLiteJournal(path: path, now: now)
      let requests = Self.hostileTexts.flatMap(Self.actions).enumerated().map { number, action in
        ActionRequest.sample("r-\(number)", after: .seconds(number), action: action)
      }
      for request in requests { try await journal.enqueue(request) }
      let reopened = try SQLiteJournal(path: path, now: now)
      let records = try await reopened.records(endedAfter: now)
      // By scalars: equal texts of Swift may differ in them.
      #expect(records.count == requests.count)
      for (record, request) in zip(records, requests) {
        #expect(record == ActionRecord(request))
        #expect(
          try StoredAction(record.request.action).json().utf8.elementsEqual(
            StoredAction(request.action).json().utf8))
      }
    }
  }

  @Test("Texts beside the action come back too, only a NUL becomes a replacement character")
  func columns() async throws {
    try await withPath { path in
      let journal = try SQLiteJournal(path: path, now: now)
      for (number, text) in Self.hostileTexts.enumerated() {
        let id = "r-\(number)"
        let shown = text.replacing("\0", with: "\u{FFFD}")
        try await journal.enqueue(.sample(id, actor: text))
        var record = try #require(
          try await journal.lease(id, by: text, at: now, until: now + .seconds(1)))
        #expect(record.request.actor == shown)
        record.reason = text
        record.silenceID = text
        let line = AuditEntry(
          at: now, actor: text, event: text, request: text, subject: text, detail: text)
        #expect(try await journal.finish(record, by: text, line))
        let written = try #require(
          try await journal.lease(id, by: text, at: now, until: now + .seconds(1)))
        #expect(written.reason == shown && written.silenceID == shown)
        let read = try #require(try await journal.audit(limit: 1).first)
        let texts = [read.actor, read.event, read.request, read.subject, read.detail]
        #expect(texts.allSatisfy { $0 == shown })
      }
    }
  }

  @Test(
    "The names in the JSON are those that other versions read",
    arguments: zip(actions("x"), shapes))
  func shape(_ action: ActionRequest.Action, _ json: String) throws {
    #expect(try StoredAction(action).json() == json)
    #expect(try StoredAction(json: json).action() == action)
  }

  private static let shapes: [String] = {
    let start = "1795269802000"
    let matchers = ["=", "!=", "=~", "!~"].map { sign in
      "{\"comparison\":\"\(sign)\",\"name\":\"x\",\"value\":\"x\"}"
    }.joined(separator: ",")
    func target(_ backend: String) -> String {
      """
      {"backend":{\(backend)},"cluster":"x","fingerprint":"x","name":"x","startsAt":\(start)}
      """
    }
    let alertmanager = "\"alertmanager\":{\"matchers\":[\(matchers)],\"source\":\"x\"}"
    let pagerDuty = "\"pagerDuty\":{\"incident\":\"x\",\"source\":\"x\"}"
    let plan = """
      {"comment":"x","endsAt":1795269803000,"matchers":[\(matchers)],"source":"x",\
      "startsAt":\(start)}
      """
    let silence = """
      {"cluster":"x","comment":"x","createdBy":"x","endsAt":1795269862000,"id":"x",\
      "matchers":[\(matchers)],"startsAt":\(start),"state":"pending","updatedAt":-1}
      """
    return [
      "{\"acknowledge\":{\"comment\":\"x\",\"target\":\(target(alertmanager))}}",
      "{\"acknowledge\":{\"comment\":\"x\",\"target\":\(target(pagerDuty))}}",
      "{\"acknowledge\":{\"comment\":\"x\",\"target\":\(target("\"local\":{}"))}}",
      "{\"unacknowledge\":{\"request\":\"x\",\"target\":\(target("\"local\":{}"))}}",
      "{\"silence\":{\"plan\":\(plan)}}",
      "{\"extend\":{\"silence\":\(silence),\"until\":9223372036854775807}}",
      "{\"expire\":{\"silence\":\(silence)}}",
    ]
  }()
}
