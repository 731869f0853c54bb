import Foundation
import Reliability
import Testing

@testable import Journal

/// Several processes on one journal, and what a killed one leaves.
@Suite("A shared journal")
struct SharingTests {
  @Test("Two processes with two workers each carry every request out once")
  func workers() async throws {
    try await withPath { path in
      let journals = try (0..<2).map { _ in try SQLiteJournal(path: path, now: now) }
      let ids = (0..<200).map { "r-\($0)" }
      let done = try await withThrowingTaskGroup(of: [String].self) { group in
        for (number, journal) in (journals + journals).enumerated() {
          let half = number % 2 == 0 ? ids.prefix(120) : ids.suffix(120)
          group.addTask { try await work(on: journal, as: "p-\(number)", enqueuing: half) }
        }
        return try await group.reduce(into: []) { $0 += $1 }
      }
      #expect(done.sorted() == ids.sorted())
      for journal in journals {
        #expect(try await journal.records(endedAfter: now).isEmpty)
        let lines = try await journal.audit(limit: 999)
        #expect(lines.count { $0.event == "expire" } == 200)
        #expect(lines.count { $0.event == "done" } == 200)
      }
    }
  }

  /// Enqueues requests that others enqueue too, and carries out what nobody else holds.
  private func work(
    on journal: SQLiteJournal, as owner: String, enqueuing ids: ArraySlice<String>
  ) async throws -> [String] {
    for id in ids { try await journal.enqueue(.sample(id)) }
    var done: [String] = []
    for candidate in try await journal.records(endedAfter: now) {
      let taken = try await journal.lease(
        candidate.id, by: owner, at: now, until: now + .seconds(30))
      guard var record = taken else { continue }
      record.state = .ended
      #expect(try await journal.finish(record, by: owner, .sample("done")))
      done.append(record.id)
    }
    return done
  }

  @Test("Processes that start at once make one journal together", arguments: 0..<10)
  func opening(_: Int) async throws {
    try await withPath { path in
      try await withThrowingTaskGroup(of: Void.self) { group in
        for number in 0..<4 {
          group.addTask {
            try await SQLiteJournal(path: path, now: now).enqueue(.sample("r-\(number)"))
          }
        }
        try await group.waitForAll()
      }
      let records = try await SQLiteJournal(path: path, now: now).records(endedAfter: now)
      #expect(records.count == 4)
    }
  }

  @Test("What was written down survives the process that is killed right afterwards")
  func killing() async throws {
    try await withPath { path in
      await #expect(processExitsWith: .signal(SIGKILL)) { [path = path as String] in
        let journal = try SQLiteJournal(path: path, now: now)
        for number in 0..<20 { try await journal.enqueue(.sample("r-\(number)")) }
        _ = try await journal.lease("r-0", by: "p", at: now, until: now + .seconds(30))
        kill(getpid(), SIGKILL)
      }
      let journal = try SQLiteJournal(path: path, now: now)
      #expect(try await journal.records(endedAfter: now).count == 20)
      #expect(try await journal.audit(limit: 99).count == 20)
      let later = now + .seconds(30)
      #expect(try await journal.lease("r-0", by: "q", at: now, until: later) == nil)
      #expect(try await journal.lease("r-0", by: "q", at: later, until: later) != nil)
    }
  }

  @Test("A cancelled task has its request written all the same")
  func cancelling() async throws {
    try await withPath { path in
      let journal = try SQLiteJournal(path: path, now: now)
      let task = Task {
        withUnsafeCurrentTask { $0?.cancel() }
        try await journal.enqueue(.sample())
      }
      try await task.value
      #expect(try await journal.records(endedAfter: now).count == 1)
    }
  }
}
