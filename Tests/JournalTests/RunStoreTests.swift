import Foundation
import Reliability
import TestSupport
import Testing

@testable import Journal

/// What holds of the runs in every journal.
@Suite("Runs in every journal")
struct RunStoreTests {
  private func run(
    _ id: RunRecord.ID = "r1", after delay: Duration = .zero, revision: Int = 1
  ) -> RunRecord {
    let origin = Runbook.Origin(file: "f", line: 1)
    let step = RunbookStep(
      .manual, name: "look \u{1F600} \"x\"\n", options: .init(isRequired: true), origin: origin)
    let runbook = Runbook(id: "shop\0", title: "Shop", steps: [step], origin: origin)
    var run = RunRecord(
      id: id, of: runbook, for: RunSubject(service: "checkout"), actor: "ines", host: "bastion",
      at: now + delay)
    run.steps[0].status = .failed
    run.steps[0].output = StepRecord.Output(bytes: 9, digest: "ab", file: "/x")
    run.steps[0].note = "why"
    run.revision = revision
    return run
  }

  private let line = AuditEntry(
    at: now, actor: "ines", event: "run", request: "r1", subject: "shop", detail: "")

  @Test(
    "A run reads back as it was written, with the process that holds it",
    arguments: Implementation.allCases)
  func roundTrip(_ kind: Implementation) async throws {
    try await kind.withJournal { (journal) async throws -> Void in
      let hold = RunHold(owner: "p-1", until: now + .seconds(10))
      #expect(try await journal.keep(run(), by: hold, at: now, [line]))
      #expect(
        try await journal.runs(limit: 9)
          == [HeldRun(record: run(), owner: "p-1", heldUntil: now + .seconds(10))])
      #expect(try await journal.audit(limit: 9) == [line])
      let next = run(revision: 2)
      #expect(try await journal.keep(next, by: RunHold(owner: "p-1", until: nil), at: now, []))
      #expect(
        try await journal.runs(limit: 9) == [HeldRun(record: next, owner: nil, heldUntil: nil)])
    }
  }

  @Test(
    "A run is written on top of what its writer has seen, and of nothing else",
    arguments: Implementation.allCases)
  func revisions(_ kind: Implementation) async throws {
    try await kind.withJournal { (journal) async throws -> Void in
      let hold = RunHold(owner: "p-1", until: nil)
      #expect(try await journal.keep(run(), by: hold, at: now, []))
      for stale in [0, 1, 3] {
        #expect(try await !journal.keep(run(revision: stale), by: hold, at: now, [line]))
      }
      #expect(try await journal.keep(run(revision: 2), by: hold, at: now, []))
      #expect(try await journal.runs(limit: 9).map(\.record.revision) == [2])
      #expect(try await journal.audit(limit: 9) == [])
    }
  }

  @Test(
    "While a process holds a run no other writes it, unless that one is known to be gone",
    arguments: Implementation.allCases)
  func holding(_ kind: Implementation) async throws {
    try await kind.withJournal { (journal) async throws -> Void in
      let end = now + .seconds(10)
      #expect(try await journal.keep(run(), by: RunHold(owner: "p-1", until: end), at: now, []))
      let other = RunHold(owner: "p-2", until: end + .seconds(10))
      #expect(
        try await !journal.keep(run(revision: 2), by: other, at: end - .milliseconds(1), [line]))
      #expect(try await journal.audit(limit: 9) == [])
      let wrong = RunHold(owner: "p-2", until: end, insteadOf: "p-3")
      #expect(try await !journal.keep(run(revision: 2), by: wrong, at: now, []))
      let heir = RunHold(owner: "p-2", until: end, insteadOf: "p-1")
      #expect(try await journal.keep(run(revision: 2), by: heir, at: now, []))
      #expect(try await journal.runs(limit: 9).first?.owner == "p-2")
      let late = RunHold(owner: "p-3", until: nil)
      #expect(try await journal.keep(run(revision: 3), by: late, at: end, []))
    }
  }

  @Test("The latest runs come first, as many as asked for", arguments: Implementation.allCases)
  func order(_ kind: Implementation) async throws {
    try await kind.withJournal { (journal) async throws -> Void in
      let hold = RunHold(owner: "p", until: nil)
      for (id, second) in [("b", 2), ("a", 1), ("c", 2), ("d", 3)] {
        _ = try await journal.keep(
          run(id, after: .seconds(second)), by: hold, at: now, [])
      }
      #expect(try await journal.runs(limit: 3).map(\.record.id) == ["d", "c", "b"])
      #expect(try await journal.runs(limit: 0) == [])
    }
  }

  @Test("A journal of the first version takes runs, and a row that cannot be read is left out")
  func migration() async throws {
    try await withPath { path in
      let journal = try SQLiteJournal(path: path, now: now)
      _ = try await journal.keep(run(), by: RunHold(owner: "p", until: nil), at: now, [])
      let broken = try SQLiteJournal(
        path: path, now: now,
        running: "INSERT INTO run VALUES ('x', 'shop', 1, 1, '{', NULL, NULL)")
      #expect(try await broken.runs(limit: 9).map(\.record.id) == ["r1"])
    }
    try await withPath { path in
      _ = try SQLiteJournal(
        path: path, now: now,
        running: "DROP TABLE run; DELETE FROM grdb_migrations WHERE identifier = '2'")
      let migrated = try SQLiteJournal(path: path, now: now)
      #expect(try await migrated.runs(limit: 9) == [])
      #expect(
        try await migrated.keep(run(), by: RunHold(owner: "p", until: nil), at: now, []))
    }
  }

  @Test("Runs are kept as long as the audit trail, and one that is held stays")
  func retention() async throws {
    try await withPath { path in
      let journal = try SQLiteJournal(path: path, now: now)
      _ = try await journal.keep(run("old"), by: RunHold(owner: "p", until: nil), at: now, [])
      _ = try await journal.keep(
        run("held"), by: RunHold(owner: "p", until: now), at: now, [])
      let later = now + SQLiteJournal.auditRetention + .seconds(1)
      let next = try SQLiteJournal(path: path, now: later)
      #expect(try await next.runs(limit: 9).map(\.record.id) == ["held"])
    }
  }
}
