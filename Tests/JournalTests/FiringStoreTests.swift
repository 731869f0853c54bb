import Foundation
import Reliability
import TestSupport
import Testing

@testable import Journal

@Suite("What fired, in every journal")
struct FiringStoreTests {
  private func firing(
    _ name: String = "a\0\u{1F600}", after seconds: Int64 = 0, ends: Int64? = nil,
    paged: String? = nil, acknowledged: (String, Int64)? = nil
  ) -> Firing {
    Firing(
      id: Firing.ID(
        alert: Alert.ID(cluster: "am", fingerprint: name.filter { $0 != "\0" }),
        startsAt: now + .seconds(seconds)),
      name: name.filter { $0 != "\0" }, severity: .page, isMajor: true, service: "checkout",
      team: nil, paged: paged, acknowledgedBy: acknowledged?.0,
      acknowledgedAt: acknowledged.map { now + .seconds($0.1) },
      endsAt: ends.map { now + .seconds($0) })
  }

  @Test("A firing reads back as it was written", arguments: Implementation.allCases)
  func roundTrip(_ kind: Implementation) async throws {
    try await kind.withJournal { (journal) async throws -> Void in
      var full = firing(ends: 60, paged: "ines", acknowledged: ("mei", 30))
      full.isEndSeen = false
      try await journal.keep([full, firing("b")], dropping: [])
      let found = try await journal.firings(in: now..<(now + .seconds(1)))
      #expect(found == [full, firing("b")])
    }
  }

  @Test(
    "Later news add to what is known, and take nothing of it away",
    arguments: Implementation.allCases)
  func merging(_ kind: Implementation) async throws {
    try await kind.withJournal { (journal) async throws -> Void in
      try await journal.keep([firing("a", paged: "ines", acknowledged: ("mei", 30))], dropping: [])
      // Another process, which knows no rotation and saw the acknowledgement later.
      try await journal.keep([firing("a", ends: 90, acknowledged: ("tom", 40))], dropping: [])
      let found = try await journal.firings(in: now..<(now + .seconds(1)))
      #expect(found == [firing("a", ends: 90, paged: "ines", acknowledged: ("mei", 30))])
    }
  }

  @Test(
    "A range has what began in it, what reaches into it and what goes on",
    arguments: Implementation.allCases)
  func ranges(_ kind: Implementation) async throws {
    try await kind.withJournal { (journal) async throws -> Void in
      try await journal.keep(
        [
          firing("before", after: -100, ends: -50), firing("into", after: -100, ends: 5),
          firing("on", after: -100), firing("instant", after: 3, ends: 3),
          firing("at the end", after: 10), firing("until the start", after: -9, ends: 0),
        ], dropping: [])
      let found = try await journal.firings(in: now..<(now + .seconds(10)))
      #expect(Set(found.map(\.name)) == ["into", "on", "instant"])
    }
  }

  @Test("Another process reads what one has written, also after a restart")
  func onDisk() async throws {
    try await withPath { path in
      try await SQLiteJournal(path: path, now: now).keep([firing("a", paged: "ines")], dropping: [])
      let other = try SQLiteJournal(path: path, now: now)
      #expect(
        try await other.firings(in: now..<(now + .seconds(1))) == [firing("a", paged: "ines")])
    }
  }

  @Test("What is dropped is gone, and the rest stays", arguments: Implementation.allCases)
  func dropping(_ kind: Implementation) async throws {
    try await kind.withJournal { (journal) async throws -> Void in
      try await journal.keep([firing("a"), firing("b")], dropping: [])
      try await journal.keep([firing("c")], dropping: [firing("a").id, firing("none").id])
      let found = try await journal.firings(in: now..<(now + .seconds(1)))
      #expect(found.map(\.name) == ["b", "c"])
    }
  }

  @Test("What began long ago is forgotten")
  func retention() async throws {
    try await withPath { path in
      try await SQLiteJournal(path: path, now: now).keep(
        [firing("old", ends: 9), firing("new", after: 200)], dropping: [])
      let later = now + SQLiteJournal.auditRetention + .seconds(60)
      let journal = try SQLiteJournal(path: path, now: later)
      #expect(try await journal.firings(in: now..<later).map(\.name) == ["new"])
    }
  }
}
