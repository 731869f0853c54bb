import Reliability
import TestSupport
import Testing

/// What holds of every journal, the one of tests included.
@Suite("Every journal")
struct JournalStoreTests {
  @Test(
    "A request is one record and one line of the audit trail, however often it is written",
    arguments: Implementation.allCases)
  func enqueuing(_ kind: Implementation) async throws {
    try await kind.withJournal { journal in
      let request = ActionRequest.sample()
      for _ in 0..<3 { try await journal.enqueue(request) }
      #expect(try await journal.records(endedAfter: now) == [ActionRecord(request)])
      #expect(try await journal.audit(limit: 9) == [AuditEntry(asking: request)])
    }
  }

  @Test("The audit trail has a word, a subject and a detail of every action")
  func lines() {
    let target = AlertTarget(
      alert: Alert.ID(cluster: "c", fingerprint: "f"), name: "DiskFull", startsAt: now,
      backend: .local)
    let matchers = [LabelMatcher("job", .equal, "db")]
    let plan = SilencePlan(
      source: "am", matchers: matchers, startsAt: now, endsAt: now, comment: "why")
    let actions: [(ActionRequest.Action, [String])] = [
      (.acknowledge(target, comment: "mine"), ["acknowledge", "DiskFull", "mine"]),
      (.unacknowledge("a-0", target), ["unacknowledge", "DiskFull", ""]),
      (.silence(plan), ["silence", "{job=\"db\"}", "why"]),
      (
        .extendSilence(.sample(), until: now),
        ["extend", "silence x", "until 2026-11-21T14:03:22.000Z"]
      ),
      (.expireSilence(.sample()), ["expire", "silence x", ""]),
    ]
    for (action, words) in actions {
      let line = AuditEntry(asking: .sample("a-1", action: action))
      #expect([line.event, line.subject, line.detail] == words)
      #expect(line.request == "a-1" && line.at == now && line.actor == "ada")
    }
  }

  @Test(
    "Records come by the time they were asked for, then by id", arguments: Implementation.allCases)
  func order(_ kind: Implementation) async throws {
    try await kind.withJournal { journal in
      try await journal.enqueue(.sample("c", after: .seconds(1)))
      try await journal.enqueue(.sample("b"))
      try await journal.enqueue(.sample("a", after: .seconds(1)))
      #expect(try await journal.records(endedAfter: now).map(\.id) == ["b", "a", "c"])
    }
  }

  @Test(
    "A record that is over is told of only to those who ask back far enough",
    arguments: Implementation.allCases)
  func ended(_ kind: Implementation) async throws {
    try await kind.withJournal { journal in
      try await journal.enqueue(.sample("open"))
      try await journal.end(.sample("over"), at: now + .seconds(5))
      #expect(try await journal.records(endedAfter: now + .seconds(5)).map(\.id) == ["open"])
      let both = try await journal.records(endedAfter: now + .milliseconds(4999))
      #expect(both.map(\.id) == ["open", "over"])
      #expect(both.map(\.state) == [.queued, .ended])
    }
  }

  @Test(
    "A lease keeps others out until it ends, and can be renewed", arguments: Implementation.allCases
  )
  func leases(_ kind: Implementation) async throws {
    try await kind.withJournal { journal in
      let record = ActionRecord(.sample())
      let end = now + .seconds(30)
      try await journal.enqueue(record.request)
      #expect(try await journal.lease("other", by: "p", at: now, until: end) == nil)
      #expect(try await journal.lease("a-1", by: "p", at: now, until: end) == record)
      #expect(try await journal.lease("a-1", by: "q", at: now, until: end) == nil)
      #expect(try await journal.lease("a-1", by: "p", at: now, until: end) == record)
      let last = end - .milliseconds(1)
      #expect(try await journal.lease("a-1", by: "q", at: last, until: end) == nil)
      let next = end + .seconds(30)
      var tried = record
      tried.attempts = 1
      #expect(try await journal.lease("a-1", by: "q", at: end, until: next) == tried)
      #expect(try await journal.lease("a-1", by: "p", at: end, until: next) == nil)
    }
  }

  @Test(
    "What became of a record is written with its line, and the record is free again",
    arguments: Implementation.allCases)
  func finishing(_ kind: Implementation) async throws {
    try await kind.withJournal { journal in
      let end = now + .seconds(30)
      try await journal.enqueue(.sample())
      var record = try #require(try await journal.lease("a-1", by: "p", at: now, until: end))
      record.state = .failed
      record.attempts = 3
      record.nextAttempt = now + .seconds(7)
      record.reason = "503, and \"so on\""
      record.silenceID = "s-1"
      record.until = now + .seconds(9)
      #expect(try await journal.finish(record, by: "p", .sample("failed")))
      #expect(try await journal.records(endedAfter: now) == [record])
      #expect(try await journal.audit(limit: 1) == [.sample("failed")])
      #expect(try await journal.lease("a-1", by: "q", at: now, until: end) == record)

      record.reason = nil
      record.silenceID = nil
      record.until = nil
      record.state = .queued
      #expect(try await journal.finish(record, by: "q", nil))
      #expect(try await journal.records(endedAfter: now) == [record])
      #expect(try await journal.audit(limit: 9).count == 2)
    }
  }

  @Test(
    "A process that left a record open may have tried it, one that gave it back has said so",
    arguments: Implementation.allCases)
  func leftOpen(_ kind: Implementation) async throws {
    try await kind.withJournal { journal in
      let (end, later) = (now + .seconds(10), now + .seconds(20))
      try await journal.enqueue(.sample())
      let first = try #require(try await journal.lease("a-1", by: "p", at: now, until: end))
      try await journal.finish(first, by: "p", nil)
      let second = try await journal.lease("a-1", by: "q", at: now, until: end)
      #expect(second?.attempts == 0)
      let third = try await journal.lease("a-1", by: "p", at: end, until: later)
      #expect(third?.attempts == 1)
      #expect(try await journal.lease("a-1", by: "p", at: end, until: later) == third)
    }
  }

  @Test(
    "Nothing is written for a process whose lease has passed to another, or that had none",
    arguments: Implementation.allCases)
  func lostLease(_ kind: Implementation) async throws {
    try await kind.withJournal { journal in
      let end = now + .seconds(30)
      try await journal.enqueue(.sample())
      var record = ActionRecord(.sample())
      record.state = .sent
      #expect(try await !journal.finish(record, by: "p", .sample("sent")))
      #expect(try await !journal.finish(ActionRecord(.sample("none")), by: "p", nil))
      _ = try await journal.lease("a-1", by: "p", at: now, until: end)
      _ = try await journal.lease("a-1", by: "q", at: end, until: end + .seconds(1))
      #expect(try await !journal.finish(record, by: "p", .sample("sent")))
      var tried = ActionRecord(.sample())
      tried.attempts = 1
      #expect(try await journal.records(endedAfter: now) == [tried])
      #expect(try await journal.audit(limit: 9).count == 1)
    }
  }

  @Test(
    "What is over is over: it ended at the time of its line, and nobody can take it",
    arguments: Implementation.allCases)
  func over(_ kind: Implementation) async throws {
    try await kind.withJournal { journal in
      try await journal.enqueue(.sample())
      var record = try #require(
        try await journal.lease("a-1", by: "p", at: now, until: now + .seconds(30)))
      record.state = .ended
      #expect(try await journal.finish(record, by: "p", .sample("lapsed", after: .seconds(8))))
      #expect(try await journal.records(endedAfter: now + .seconds(8)).isEmpty)
      #expect(try await journal.records(endedAfter: now + .seconds(7)) == [record])
      let later = now + .seconds(99)
      #expect(try await journal.lease("a-1", by: "p", at: later, until: later) == nil)
      #expect(try await !journal.finish(record, by: "p", nil))
    }
  }

  @Test(
    "The audit trail gives its latest lines in the order they were written",
    arguments: Implementation.allCases)
  func audit(_ kind: Implementation) async throws {
    try await kind.withJournal { journal in
      let lines = (0..<5).map { AuditEntry.sample("e\($0)", after: .seconds(-$0)) }
      for line in lines { try await journal.note(line) }
      #expect(try await journal.audit(limit: 2) == Array(lines.suffix(2)))
      #expect(try await journal.audit(limit: 9) == lines)
      #expect(try await journal.audit(limit: 0).isEmpty)
      #expect(try await journal.audit(limit: -1).isEmpty)
    }
  }

  @Test("A document takes the place of the one before", arguments: Implementation.allCases)
  func documents(_ kind: Implementation) async throws {
    try await kind.withJournal { journal in
      #expect(try await journal.document(named: "snapshot") == nil)
      try await journal.keep([1, 0, 255], named: "snapshot", at: now)
      try await journal.keep([], named: "empty", at: now)
      let later = now + .seconds(1)
      let large = [UInt8](repeating: 7, count: 1 << 20)
      try await journal.keep(large, named: "snapshot", at: later)
      let document = try #require(try await journal.document(named: "snapshot"))
      #expect(document.bytes == large && document.at == later)
      #expect(try await journal.document(named: "empty")?.bytes == [])
    }
  }

  @Test("A call that was told to fail does nothing, and the next one works")
  func failing() async throws {
    let journal = InMemoryJournal()
    let fault = JournalError.full(path: "j")
    await journal.failNext(with: fault)
    await #expect(throws: fault) { try await journal.enqueue(.sample()) }
    #expect(try await journal.records(endedAfter: now).isEmpty)
    await journal.failNext(2, with: fault)
    for _ in 0..<2 {
      await #expect(throws: fault) { try await journal.audit(limit: 1) }
    }
    try await journal.enqueue(.sample())
  }
}
