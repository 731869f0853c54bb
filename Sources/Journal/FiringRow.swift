import GRDB
import Reliability

/// A row of what fired.
struct FiringRow: Codable, FetchableRecord, PersistableRecord {
  static let databaseTableName = "firing"

  let cluster: String
  let fingerprint: String
  let startsAt: Int64
  let name: String
  let severity: String
  let isMajor: Bool
  let service: String?
  let team: String?
  let calledAt: Int64
  let paged: String?
  let acknowledgedBy: String?
  let acknowledgedAt: Int64?
  let endsAt: Int64?
  let isEndSeen: Bool

  enum CodingKeys: String, CodingKey {
    case cluster, fingerprint, name, severity, service, team, paged
    case startsAt = "starts_at"
    case isMajor = "is_major"
    case calledAt = "called_at"
    case acknowledgedBy = "acknowledged_by"
    case acknowledgedAt = "acknowledged_at"
    case endsAt = "ends_at"
    case isEndSeen = "is_end_seen"
  }

  /// Makes the row of a firing.
  init(_ firing: Firing) {
    cluster = firing.id.alert.cluster.storable
    fingerprint = firing.id.alert.fingerprint.storable
    startsAt = firing.id.startsAt.milliseconds
    name = firing.name.storable
    severity = firing.severity.rawValue
    isMajor = firing.isMajor
    service = firing.service?.storable
    team = firing.team?.storable
    calledAt = firing.calledAt.milliseconds
    paged = firing.paged?.storable
    acknowledgedBy = firing.acknowledgedBy?.storable
    acknowledgedAt = firing.acknowledgedAt?.milliseconds
    endsAt = firing.endsAt?.milliseconds
    isEndSeen = firing.isEndSeen
  }

  /// What tells a row from others.
  static func key(of id: Firing.ID) -> [String: any DatabaseValueConvertible] {
    [
      "cluster": id.alert.cluster.storable, "fingerprint": id.alert.fingerprint.storable,
      "starts_at": id.startsAt.milliseconds,
    ]
  }

  /// The firing; `nil` when the row was not written by burnwatch.
  var firing: Firing? {
    guard let severity = Severity(rawValue: severity) else { return nil }
    return Firing(
      id: Firing.ID(
        alert: Alert.ID(cluster: cluster, fingerprint: fingerprint),
        startsAt: Timestamp(milliseconds: startsAt)),
      name: name, severity: severity, isMajor: isMajor, service: service, team: team,
      calledAt: Timestamp(milliseconds: calledAt), paged: paged, acknowledgedBy: acknowledgedBy,
      acknowledgedAt: acknowledgedAt.map(Timestamp.init(milliseconds:)),
      endsAt: endsAt.map(Timestamp.init(milliseconds:)), isEndSeen: isEndSeen)
  }
}
