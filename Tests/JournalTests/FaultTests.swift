import Foundation
import GRDB
import Reliability
import Synchronization
import Testing

@testable import Journal

/// Disks and files that fail: an error that says so, never a crash.
@Suite("A journal in trouble")
struct FaultTests {
  /// What opening a journal throws.
  private func fault(opening path: String) throws -> JournalError {
    try #require(throws: JournalError.self) { try SQLiteJournal(path: path, now: now) }
  }

  @Test("A path that cannot be a file is named with the reason")
  func impossiblePaths() async throws {
    try await withFolder { folder in
      let file = folder.appending(path: "file")
      try Data().write(to: file)
      let reasons = [
        "\(file.path)/journal.db": "not a directory",
        "\(file.path)/sub/journal.db": "not a directory",
        folder.path: "it is no regular file",
        "/dev/null": "it is no regular file",
        "": "no such file or directory",
      ]
      for (path, reason) in reasons {
        #expect(try fault(opening: path) == .inaccessible(path: path, reason: reason))
      }
    }
  }

  @Test(
    "A folder or file without permission is named with the reason",
    .enabled(if: getuid() != 0, "root may write everywhere"))
  func permissions() async throws {
    try await withFolder { folder in
      let path = folder.appending(path: "journal.db").path
      _ = try SQLiteJournal(path: path, now: now)
      for mode: mode_t in [0o400, 0o000] {
        #expect(chmod(path, mode) == 0)
        guard case .inaccessible(path, _) = try fault(opening: path) else {
          Issue.record("mode \(mode) was not noticed")
          continue
        }
      }
      #expect(unlink(path) == 0 && chmod(folder.path, 0o500) == 0)
      defer { chmod(folder.path, 0o700) }
      #expect(
        try fault(opening: path) == .inaccessible(path: path, reason: "permission denied"))
    }
  }

  @Test("A file that is no database is refused and stays as it is")
  func garbage() async throws {
    try await withPath { path in
      let bytes = Data((0..<9000).map { UInt8(truncatingIfNeeded: $0 &* 31) })
      try bytes.write(to: URL(filePath: path))
      #expect(
        try fault(opening: path) == .corrupt(path: path, reason: "file is not a database"))
      #expect(try Data(contentsOf: URL(filePath: path)) == bytes)
    }
  }

  @Test("A journal that is damaged in the middle is called damaged")
  func damage() async throws {
    try await withPath { path in
      do {
        let journal = try SQLiteJournal(path: path, now: now)
        for number in 0..<200 { try await journal.enqueue(.sample("r-\(number)")) }
      }
      var bytes = try Data(contentsOf: URL(filePath: path))
      // Behind the first page, which lists the tables; a page has 4096 bytes.
      for place in 4096..<bytes.count { bytes[place] = 0x5A }
      try bytes.write(to: URL(filePath: path))
      let fault = await #expect(throws: JournalError.self) {
        let journal = try SQLiteJournal(path: path, now: now)
        _ = try await journal.records(endedAfter: now)
      }
      #expect(
        fault == .corrupt(path: path, reason: "database disk image is malformed"))
    }
  }

  @Test(
    "A row that another hand has changed is called damage, and the request is named",
    arguments: [
      "payload = '{}'", "payload = '{\"acknowledge\":1}'", "payload = x'FF00'", "payload = 7",
      "payload = replace(payload, '=~', '~')", "payload = replace(payload, 'pending', 'p')",
      "state = 'unknown'",
    ])
  func alteredRows(_ change: String) async throws {
    try await withPath { path in
      try await SQLiteJournal(path: path, now: now).enqueue(.sample())
      let journal = try SQLiteJournal(
        path: path, now: now, running: "UPDATE outbox SET \(change)")
      let damage = JournalError.corrupt(
        path: path, reason: "the request \"a-1\" cannot be read")
      await #expect(throws: damage) { try await journal.records(endedAfter: now) }
      await #expect(throws: damage) {
        try await journal.lease("a-1", by: "p", at: now, until: now)
      }
    }
  }

  @Test("A table that is missing is called damage")
  func missingTable() async throws {
    try await withPath { path in
      let journal = try SQLiteJournal(path: path, now: now, running: "DROP TABLE audit")
      let damage = JournalError.corrupt(path: path, reason: "no such table: audit")
      await #expect(throws: damage) { try await journal.enqueue(.sample()) }
      #expect(try await journal.records(endedAfter: now).isEmpty)
      #expect(try fault(opening: path) == damage)
    }
  }

  @Test("On a full disk nothing is written halfway, and it goes on once there is room")
  func fullDisk() async throws {
    try await withPath { path in
      let journal = try SQLiteJournal(
        path: path, now: now, running: "PRAGMA max_page_count = 30")
      let full = JournalError.full(path: path)
      let large = String(repeating: "x", count: 200_000)
      await #expect(throws: full) {
        try await journal.enqueue(.sample("big", action: .expireSilence(.sample(large))))
      }
      await #expect(throws: full) {
        try await journal.keep(Array(large.utf8), named: "snapshot", at: now)
      }
      #expect(try await journal.records(endedAfter: now).isEmpty)
      #expect(try await journal.audit(limit: 9).isEmpty)
      try await journal.enqueue(.sample())
      #expect(try await journal.records(endedAfter: now).count == 1)
    }
  }

  @Test("A journal that is removed or replaced in use says so instead of losing requests")
  func removal() async throws {
    try await withPath { path in
      let journal = try SQLiteJournal(path: path, now: now)
      try await journal.enqueue(.sample())
      for suffix in ["", "-wal", "-shm"] { #expect(unlink(path + suffix) == 0) }
      let gone = JournalError.inaccessible(
        path: path, reason: "it was removed or replaced while in use; a restart opens it anew")
      await #expect(throws: gone) { try await journal.enqueue(.sample("a-2")) }
      let other = try SQLiteJournal(path: path, now: now)
      await #expect(throws: gone) { try await journal.records(endedAfter: now) }
      try await other.enqueue(.sample("a-3"))
      #expect(try await other.records(endedAfter: now).map(\.id) == ["a-3"])
    }
  }

  @Test("A journal that another process keeps locked is busy, and works afterwards")
  func locked() async throws {
    try await withPath { path in
      let journal = try SQLiteJournal(path: path, now: now, running: "PRAGMA busy_timeout = 1")
      let (isLocked, mayGo, isDone) = (Flag(), Flag(), Flag())
      let other = try DatabaseQueue(path: path)
      // On a thread of its own, because it sleeps in the middle of a transaction.
      Thread.detachNewThread {
        try? other.write { database in
          try database.execute(sql: "INSERT INTO document VALUES ('theirs', x'', 0)")
          isLocked.raise()
          while !mayGo.isRaised { usleep(1000) }
        }
        isDone.raise()
      }
      while !isLocked.isRaised { try await Task.sleep(for: .milliseconds(1)) }
      await #expect(throws: JournalError.busy(path: path)) {
        try await journal.enqueue(.sample("too-soon"))
      }
      mayGo.raise()
      while !isDone.isRaised { try await Task.sleep(for: .milliseconds(1)) }
      try await journal.enqueue(.sample("ours"))
      #expect(try await journal.document(named: "theirs") != nil)
    }
  }
}

/// Something that happens once, on another thread.
private final class Flag: Sendable {
  private let value = Mutex(false)

  var isRaised: Bool { value.withLock { $0 } }

  func raise() {
    value.withLock { $0 = true }
  }
}
