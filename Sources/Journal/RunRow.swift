import Foundation
import GRDB
import Reliability

/// A row of the runs of runbooks: the record as JSON, and who holds it.
///
/// The names in it are those of the fields of `RunRecord` and `StepRecord`. A change of these names needs
/// a migration.
struct RunRow: Codable, FetchableRecord, PersistableRecord {
  static let databaseTableName = "run"

  let id: String
  let runbook: String
  let startedAt: Int64
  let record: String
  let revision: Int
  let owner: String?
  let heldUntil: Int64?

  enum CodingKeys: String, CodingKey {
    case id, runbook, record, revision, owner
    case startedAt = "started_at"
    case heldUntil = "held_until"
  }

  /// Makes the row of a run.
  init(_ run: RunRecord, _ hold: RunHold) throws {
    id = run.id
    runbook = run.runbook.storable
    startedAt = run.startedAt
    revision = run.revision
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
    record = String(decoding: try encoder.encode(run), as: UTF8.self)
    owner = hold.until == nil ? nil : hold.owner.storable
    heldUntil = hold.until?.milliseconds
  }

  /// The run; `nil` when the row was not written by burnwatch.
  var run: HeldRun? {
    guard let found = try? JSONDecoder().decode(RunRecord.self, from: Data(record.utf8)) else {
      return nil
    }
    return HeldRun(
      record: found, owner: owner, heldUntil: heldUntil.map(Timestamp.init(milliseconds:)))
  }
}
