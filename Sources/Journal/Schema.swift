import Foundation
import GRDB
import Reliability

/// The journal's tables, how they came about, and the settings of a connection.
enum Schema {
  /// How long a statement waits for another process.
  static let patience: Duration = .seconds(5)

  /// A connection that waits for others, and leaves the journal's mode to `setUp`.
  static var configuration: Configuration {
    var configuration = Configuration()
    configuration.label = "burnwatch.journal"
    configuration.busyMode = .timeout(patience.inSeconds)
    configuration.foreignKeysEnabled = true
    return configuration
  }

  /// Refuses databases that are not ours, before anything in them changes, and sets the mode.
  static func setUp(_ database: Database) throws {
    // In one transaction, because another process may be making the tables.
    try database.inTransaction(.deferred) {
      try refuseOthers(database)
      return .commit
    }
    // Not GRDB's own setting of the mode: it writes outside of a transaction that waits for others.
    // `fullfsync` is for macOS, whose fsync(2) does not reach the medium.
    try useWAL(database)
    try database.execute(sql: "PRAGMA synchronous = FULL; PRAGMA fullfsync = ON")
  }

  /// Waits by itself, since SQLite fails at once when two processes change the mode of a new file.
  private static func useWAL(_ database: Database) throws {
    let deadline = ContinuousClock.now + patience
    while true {
      do {
        return try database.execute(sql: "PRAGMA journal_mode = WAL")
      } catch let error as DatabaseError where error.resultCode == .SQLITE_BUSY {
        guard ContinuousClock.now < deadline else { throw error }
        usleep(5_000)
      }
    }
  }

  /// Brings the tables to their present shape.
  static func migrate(_ connection: DatabaseQueue) throws {
    for _ in migrator.migrations {
      do {
        return try migrator.migrate(connection)
      } catch let error as DatabaseError where error.resultCode == .SQLITE_ERROR {
        // Another process may have taken this step at the same moment; then the next ones are left.
        continue
      }
    }
    try migrator.migrate(connection)
  }

  /// Deletes what has been over for long enough.
  static func forget(
    requestsBefore ended: Timestamp, linesBefore written: Timestamp, in database: Database
  ) throws {
    // Requests that are not over have no such time, and NULL is less than nothing.
    try database.execute(
      sql: "DELETE FROM outbox WHERE ended_at < ?", arguments: [ended.milliseconds])
    try database.execute(
      sql: "DELETE FROM audit WHERE at < ?", arguments: [written.milliseconds])
    try database.execute(
      sql: "DELETE FROM run WHERE started_at < ? AND owner IS NULL",
      arguments: [written.milliseconds])
    try database.execute(
      sql: "DELETE FROM firing WHERE starts_at < ?",
      arguments: [written.milliseconds])
  }

  private static func refuseOthers(_ database: Database) throws {
    let tables = try String.fetchSet(
      database, sql: "SELECT name FROM sqlite_master WHERE type = 'table'")
    let isMigrated = tables.contains("grdb_migrations")
    if isMigrated, try migrator.hasBeenSuperseded(database) { throw ContentFault.newer }
    // The table of steps is made on its own, before the first step makes all others.
    guard tables.contains("outbox") || tables.isSubset(of: ["grdb_migrations"]) else {
      throw ContentFault.foreign
    }
  }

  /// Steps that have been released stay as they are; a new shape is a new step.
  private static var migrator: DatabaseMigrator {
    var migrator = DatabaseMigrator()
    migrator.registerMigration("1", foreignKeyChecks: .immediate) { database in
      try database.execute(sql: firstTables)
    }
    migrator.registerMigration("2", foreignKeyChecks: .immediate) { database in
      try database.execute(sql: runTable)
    }
    migrator.registerMigration("3", foreignKeyChecks: .immediate) { database in
      try database.execute(sql: firingTable)
    }
    return migrator
  }

  // All times are Unix milliseconds. The audit trail outlives the requests, so no key ties them.
  private static let firstTables = """
    CREATE TABLE outbox (
      id TEXT NOT NULL PRIMARY KEY,
      created_at INTEGER NOT NULL,
      actor TEXT NOT NULL,
      kind TEXT NOT NULL,
      payload TEXT NOT NULL,
      state TEXT NOT NULL,
      attempts INTEGER NOT NULL,
      next_attempt INTEGER NOT NULL,
      reason TEXT,
      silence_id TEXT,
      until INTEGER,
      lease_owner TEXT,
      lease_until INTEGER,
      updated_at INTEGER NOT NULL,
      ended_at INTEGER,
      CHECK ((state = 'ended') = (ended_at IS NOT NULL))
    );
    CREATE INDEX outbox_ended_at ON outbox (ended_at);
    CREATE TABLE audit (
      id INTEGER PRIMARY KEY AUTOINCREMENT,
      at INTEGER NOT NULL,
      actor TEXT NOT NULL,
      event TEXT NOT NULL,
      request TEXT,
      subject TEXT NOT NULL,
      detail TEXT NOT NULL
    );
    CREATE INDEX audit_at ON audit (at);
    CREATE TABLE document (
      name TEXT NOT NULL PRIMARY KEY,
      bytes BLOB NOT NULL,
      at INTEGER NOT NULL
    );
    """

  private static let runTable = """
    CREATE TABLE run (
      id TEXT NOT NULL PRIMARY KEY,
      runbook TEXT NOT NULL,
      started_at INTEGER NOT NULL,
      record TEXT NOT NULL,
      revision INTEGER NOT NULL,
      owner TEXT,
      held_until INTEGER,
      CHECK ((owner IS NULL) = (held_until IS NULL))
    );
    CREATE INDEX run_started_at ON run (started_at);
    """

  private static let firingTable = """
    CREATE TABLE firing (
      cluster TEXT NOT NULL,
      fingerprint TEXT NOT NULL,
      starts_at INTEGER NOT NULL,
      name TEXT NOT NULL,
      severity TEXT NOT NULL,
      is_major INTEGER NOT NULL,
      service TEXT,
      team TEXT,
      called_at INTEGER NOT NULL,
      paged TEXT,
      acknowledged_by TEXT,
      acknowledged_at INTEGER,
      ends_at INTEGER,
      is_end_seen INTEGER NOT NULL,
      PRIMARY KEY (cluster, fingerprint, starts_at)
    ) WITHOUT ROWID;
    CREATE INDEX firing_starts_at ON firing (starts_at);
    CREATE INDEX firing_ends_at ON firing (ends_at);
    """
}
