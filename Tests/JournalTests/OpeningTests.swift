import Foundation
import Reliability
import Testing

@testable import Journal

/// What happens when a journal is opened.
@Suite("Opening a journal")
struct OpeningTests {
  @Test("The folders and all files of a new journal are for their owner only")
  func permissions() async throws {
    try await withFolder { folder in
      let path = folder.appending(path: "a/b/journal.db").path
      let journal = try SQLiteJournal(path: path, now: now)
      try await journal.enqueue(.sample())
      func mode(_ path: String) throws -> Int {
        let attributes = try FileManager.default.attributesOfItem(atPath: path)
        return try #require(attributes[.posixPermissions] as? NSNumber).intValue
      }
      #expect(try mode(folder.appending(path: "a").path) == 0o700)
      #expect(try mode(folder.appending(path: "a/b").path) == 0o700)
      for suffix in ["", "-wal", "-shm"] { #expect(try mode(path + suffix) == 0o600) }
    }
  }

  @Test("A commit waits for the disk, and for other processes up to five seconds")
  func settings() async throws {
    try await withPath { path in
      let journal = try SQLiteJournal(
        path: path, now: now,
        running: """
          INSERT INTO document (name, bytes, at)
          SELECT 'settings', journal_mode || ' ' || synchronous || ' ' || foreign_keys || ' '
            || timeout, 0
          FROM pragma_journal_mode, pragma_synchronous, pragma_foreign_keys, pragma_busy_timeout
          """)
      let settings = try #require(try await journal.document(named: "settings"))
      #expect(String(decoding: settings.bytes, as: UTF8.self) == "wal 2 1 5000")
    }
  }

  @Test("A journal is opened again with everything in it")
  func again() async throws {
    try await withPath { path in
      try await SQLiteJournal(path: path, now: now).enqueue(.sample())
      let journal = try SQLiteJournal(path: path, now: now)
      #expect(try await journal.records(endedAfter: now) == [ActionRecord(.sample())])
    }
  }

  @Test("A journal of a newer burnwatch is refused and stays as it is")
  func newer() async throws {
    try await withPath { path in
      _ = try SQLiteJournal(
        path: path, now: now, running: "INSERT INTO grdb_migrations VALUES ('1000')")
      let before = try Data(contentsOf: URL(filePath: path))
      #expect(throws: JournalError.newer(path: path)) {
        try SQLiteJournal(path: path, now: now + .seconds(1_000 * 86_400))
      }
      #expect(try Data(contentsOf: URL(filePath: path)) == before)
    }
  }

  @Test("A database of another program is refused and stays as it is")
  func foreign() async throws {
    try await withPath { path in
      _ = try SQLiteJournal(
        path: path, now: now,
        running: """
          DROP TABLE outbox; DROP TABLE audit; DROP TABLE document; DROP TABLE grdb_migrations;
          CREATE TABLE bookmarks (url TEXT)
          """)
      let before = try Data(contentsOf: URL(filePath: path))
      let reason = "it is a database of another program"
      #expect(throws: JournalError.corrupt(path: path, reason: reason)) {
        try SQLiteJournal(path: path, now: now)
      }
      #expect(try Data(contentsOf: URL(filePath: path)) == before)
    }
  }

  @Test("What was kept for long enough is dropped, but nothing that is not over")
  func retention() async throws {
    try await withPath { path in
      let journal = try SQLiteJournal(path: path, now: now)
      try await journal.enqueue(.sample("open"))
      try await journal.end(.sample("old"), at: now)
      try await journal.end(.sample("late"), at: now + .milliseconds(1))
      func left(after age: Duration) async throws -> (records: [String], lines: Int) {
        let opened = try SQLiteJournal(path: path, now: now + age)
        let records = try await opened.records(endedAfter: now - .seconds(1))
        return (records.map(\.id), try await opened.audit(limit: 9).count)
      }
      let before = try await left(after: SQLiteJournal.requestRetention)
      #expect(before == (["late", "old", "open"], 3))
      let after = try await left(after: SQLiteJournal.requestRetention + .milliseconds(1))
      #expect(after == (["late", "open"], 3))
      #expect(try await left(after: SQLiteJournal.auditRetention) == (["open"], 3))
      let end = try await left(after: SQLiteJournal.auditRetention + .milliseconds(1))
      #expect(end == (["open"], 0))
    }
  }
}
