internal import Foundation
internal import Reliability

/// What Alertmanager's API answers, read into our own types.
///
/// Members that newer servers added (`mutedBy`, silence `annotations`) or older ones omit are optional,
/// whatever the API description says of them. An alert that cannot be read does not take the others
/// with it.
enum AlertmanagerAnswer {
  private static let api = "Alertmanager"

  /// A list of which some items may not have been readable.
  struct List<Item: Sendable>: Sendable {
    var items: [Item] = []
    var unreadableCount = 0
  }

  /// Reads `GET /api/v2/alerts`.
  ///
  /// - Throws: `ConnectorError.unreadable` when it is no list at all.
  static func alerts(
    _ answer: HTTPAnswer, cluster: String
  ) throws(ConnectorError) -> List<ReportedAlert> {
    var pool = StringPool()
    return try list(answer) { (wire: WireAlert) in wire.alert(cluster: cluster, &pool) }
  }

  /// Reads `GET /api/v2/silences`.
  ///
  /// - Throws: `ConnectorError.unreadable` when it is no list at all.
  static func silences(
    _ answer: HTTPAnswer, cluster: String
  ) throws(ConnectorError) -> List<Silence> {
    try list(answer) { (wire: WireSilence) in wire.silence(cluster: cluster) }
  }

  /// What `GET /api/v2/status` says of the member.
  struct Status: Hashable, Sendable {
    let version: String
    let startedAt: Timestamp
  }

  /// Reads `GET /api/v2/status`.
  ///
  /// - Throws: `ConnectorError.unreadable`.
  static func status(_ answer: HTTPAnswer) throws(ConnectorError) -> Status {
    let wire: WireStatus = try answer.decoded(as: api)
    // The member is named uptime and holds the time of the start.
    guard let startedAt = Timestamp(rfc3339: wire.uptime) else {
      throw unreadable("its uptime is \(Excerpt(wire.uptime))")
    }
    return Status(version: wire.versionInfo?.version ?? "", startedAt: startedAt)
  }

  /// Reads the id that `POST /api/v2/silences` answers.
  ///
  /// - Throws: `ConnectorError.unreadable`.
  static func silenceID(_ answer: HTTPAnswer) throws(ConnectorError) -> Silence.ID {
    let wire: WireSilenceID = try answer.decoded(as: api)
    return wire.silenceID
  }

  /// Errors come as a JSON string, as `{"code", "message"}`, as plain text or with an empty body.
  static func failure(_ answer: HTTPAnswer) -> ConnectorError {
    if (300..<400).contains(answer.status) {
      let target = answer.field("location").flatMap { try? SourceAddress($0) }
      return .redirected(status: answer.status, target: target?.description)
    }
    let data = Data(answer.body)
    let text =
      (try? JSONDecoder().decode(String.self, from: data))
      ?? (try? JSONDecoder().decode(WireError.self, from: data))?.message
      ?? (isPlain(answer) ? String(decoding: answer.body.prefix(400), as: UTF8.self) : "")
    let wait = answer.field("retry-after").flatMap(RetryAfter.seconds)
    return .status(answer.status, text: text, retryAfter: wait.map { .seconds($0) })
  }

  private static func isPlain(_ answer: HTTPAnswer) -> Bool {
    answer.field("content-type")?.contains("html") != true
  }

  private static func list<Wire: Decodable, Item: Sendable>(
    _ answer: HTTPAnswer, _ item: (Wire) -> Item?
  ) throws(ConnectorError) -> List<Item> {
    let entries: [Lossy<Wire>] = try answer.decoded(as: api)
    var list = List<Item>()
    list.items.reserveCapacity(entries.count)
    for entry in entries {
      if let item = entry.value.flatMap(item) {
        list.items.append(item)
      } else {
        list.unreadableCount += 1
      }
    }
    return list
  }

  private static func unreadable(_ reason: String) -> ConnectorError {
    .unreadable(reason: reason, api: api)
  }
}

/// Texts that many alerts share, kept once.
///
/// Ten thousand alerts have a hundred thousand label names and values, of which few hundred differ.
struct StringPool {
  /// Shorter texts lie in the value itself and need no memory of their own.
  private static let inlineLimit = 15
  private var texts: Set<String> = []
  private var lists: Set<[String]> = []

  mutating func shared(_ text: String) -> String {
    text.utf8.count <= StringPool.inlineLimit ? text : texts.insert(text).memberAfterInsert
  }

  mutating func shared(_ list: [String]) -> [String] {
    list.isEmpty ? list : lists.insert(list).memberAfterInsert
  }

  mutating func shared(_ dictionary: [String: String]) -> LabelSet {
    LabelSet(dictionary.map { (name: shared($0.key), value: shared($0.value)) })
  }
}

private struct WireAlert: Decodable {
  struct Status: Decodable {
    let silencedBy: [String]?
    let inhibitedBy: [String]?
  }
  struct Receiver: Decodable {
    let name: String
  }

  let labels: [String: String]
  let annotations: [String: String]?
  let startsAt: String
  let fingerprint: String
  let generatorURL: String?
  let receivers: [Receiver]?
  let status: Status?

  func alert(cluster: String, _ pool: inout StringPool) -> ReportedAlert? {
    guard let start = Timestamp(rfc3339: startsAt) else { return nil }
    return ReportedAlert(
      cluster: cluster, fingerprint: fingerprint, labels: pool.shared(labels),
      annotations: pool.shared(annotations ?? [:]), startsAt: start,
      silencedBy: (status?.silencedBy ?? []).sorted(),
      inhibitedBy: (status?.inhibitedBy ?? []).sorted(),
      receivers: pool.shared((receivers ?? []).map(\.name).sorted()),
      generatorURL: pool.shared(generatorURL ?? ""))
  }
}

private struct WireSilence: Decodable {
  struct Status: Decodable {
    let state: String
  }

  let id: String
  let status: Status
  let updatedAt: String?
  let comment: String?
  let createdBy: String?
  let startsAt: String
  let endsAt: String
  let matchers: [WireMatcher]

  func silence(cluster: String) -> Silence? {
    guard let start = Timestamp(rfc3339: startsAt), let end = Timestamp(rfc3339: endsAt),
      let state = Silence.State(rawValue: status.state)
    else { return nil }
    return Silence(
      id: id, cluster: cluster, matchers: matchers.map(\.matcher), startsAt: start, endsAt: end,
      updatedAt: updatedAt.flatMap { Timestamp(rfc3339: $0) } ?? start,
      createdBy: createdBy ?? "", comment: comment ?? "", state: state)
  }
}

private struct WireStatus: Decodable {
  struct Version: Decodable {
    let version: String?
  }

  let uptime: String
  let versionInfo: Version?
}

private struct WireSilenceID: Decodable {
  let silenceID: String
}

private struct WireError: Decodable {
  let message: String
}

/// A matcher as the API has it; before 0.22 there was no `isEqual`, and all were positive.
struct WireMatcher: Codable {
  let name: String
  let value: String
  let isRegex: Bool
  let isEqual: Bool?

  init(_ matcher: LabelMatcher) {
    name = matcher.name
    value = matcher.value
    isRegex = matcher.comparison == .matches || matcher.comparison == .doesNotMatch
    isEqual = matcher.comparison == .equal || matcher.comparison == .matches
  }

  var matcher: LabelMatcher {
    let isPositive = isEqual ?? true
    let comparison: LabelMatcher.Comparison =
      isRegex ? (isPositive ? .matches : .doesNotMatch) : (isPositive ? .equal : .notEqual)
    return LabelMatcher(name, comparison, value)
  }
}
