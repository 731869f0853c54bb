import Foundation
import Reliability

/// An action as the outbox's column `payload` has it: JSON, whose names other versions rely on.
///
/// One key says what is to be done, and the object behind it to what. Times are Unix milliseconds.
///
///     {"acknowledge": {"target": TARGET, "comment": TEXT}}
///     {"unacknowledge": {"request": ID, "target": TARGET}}
///     {"silence": {"plan": {"source", "matchers", "startsAt", "endsAt", "comment"}}}
///     {"extend": {"silence": SILENCE, "until": TIME}}
///     {"expire": {"silence": SILENCE}}
///
/// A `TARGET` is `{"cluster", "fingerprint", "name", "startsAt", "backend"}`, whose backend is
/// `{"alertmanager": {"source", "matchers"}}`, `{"pagerDuty": {"source", "incident"}}` or
/// `{"local": {}}`; a `SILENCE` is `{"id", "cluster", "matchers", "startsAt", "endsAt",
/// "updatedAt", "createdBy", "comment", "state"}`; matchers are a list of `{"name", "comparison",
/// "value"}` with the comparison's sign. A change of these names needs a migration.
enum StoredAction: Codable, Hashable {
  case acknowledge(target: StoredTarget, comment: String)
  case unacknowledge(request: String, target: StoredTarget)
  case silence(plan: StoredPlan)
  case extend(silence: StoredSilence, until: Int64)
  case expire(silence: StoredSilence)

  /// Makes the stored form.
  init(_ action: ActionRequest.Action) {
    self =
      switch action {
      case .acknowledge(let target, let comment):
        .acknowledge(target: StoredTarget(target), comment: comment)
      case .unacknowledge(let request, let target):
        .unacknowledge(request: request, target: StoredTarget(target))
      case .silence(let plan): .silence(plan: StoredPlan(plan))
      case .extendSilence(let silence, let until):
        .extend(silence: StoredSilence(silence), until: until.milliseconds)
      case .expireSilence(let silence): .expire(silence: StoredSilence(silence))
      }
  }

  /// The action; `nil` when a matcher or a state is none.
  func action() -> ActionRequest.Action? {
    switch self {
    case .acknowledge(let target, let comment):
      target.target.map { .acknowledge($0, comment: comment) }
    case .unacknowledge(let request, let target):
      target.target.map { .unacknowledge(request, $0) }
    case .silence(let plan): plan.plan.map { .silence($0) }
    case .extend(let silence, let until):
      silence.silence.map { .extendSilence($0, until: Timestamp(milliseconds: until)) }
    case .expire(let silence): silence.silence.map { .expireSilence($0) }
    }
  }

  /// Reads the stored form.
  init(json: String) throws {
    self = try JSONDecoder().decode(StoredAction.self, from: Data(json.utf8))
  }

  /// The stored form; equal actions have the same.
  func json() throws -> String {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
    return String(decoding: try encoder.encode(self), as: UTF8.self)
  }
}

/// An `AlertTarget` as JSON.
struct StoredTarget: Codable, Hashable {
  enum Backend: Codable, Hashable {
    case alertmanager(source: String, matchers: [StoredMatcher])
    case pagerDuty(source: String, incident: String)
    case local
  }

  let cluster: String
  let fingerprint: String
  let name: String
  let startsAt: Int64
  let backend: Backend

  init(_ target: AlertTarget) {
    cluster = target.alert.cluster
    fingerprint = target.alert.fingerprint
    name = target.name
    startsAt = target.startsAt.milliseconds
    backend =
      switch target.backend {
      case .alertmanager(let source, let matchers):
        .alertmanager(source: source, matchers: matchers.map(StoredMatcher.init))
      case .pagerDuty(let source, let incident): .pagerDuty(source: source, incident: incident)
      case .local: .local
      }
  }

  var target: AlertTarget? {
    let backend: AlertTarget.Backend
    switch self.backend {
    case .alertmanager(let source, let stored):
      guard let matchers = StoredMatcher.list(stored) else { return nil }
      backend = .alertmanager(source: source, matchers: matchers)
    case .pagerDuty(let source, let incident):
      backend = .pagerDuty(source: source, incident: incident)
    case .local: backend = .local
    }
    return AlertTarget(
      alert: Alert.ID(cluster: cluster, fingerprint: fingerprint), name: name,
      startsAt: Timestamp(milliseconds: startsAt), backend: backend)
  }
}

/// A `SilencePlan` as JSON.
struct StoredPlan: Codable, Hashable {
  let source: String
  let matchers: [StoredMatcher]
  let startsAt: Int64
  let endsAt: Int64
  let comment: String

  init(_ plan: SilencePlan) {
    source = plan.source
    matchers = plan.matchers.map(StoredMatcher.init)
    startsAt = plan.startsAt.milliseconds
    endsAt = plan.endsAt.milliseconds
    comment = plan.comment
  }

  var plan: SilencePlan? {
    guard let matchers = StoredMatcher.list(matchers) else { return nil }
    return SilencePlan(
      source: source, matchers: matchers, startsAt: Timestamp(milliseconds: startsAt),
      endsAt: Timestamp(milliseconds: endsAt), comment: comment)
  }
}

/// A `Silence` as JSON.
struct StoredSilence: Codable, Hashable {
  let id: String
  let cluster: String
  let matchers: [StoredMatcher]
  let startsAt: Int64
  let endsAt: Int64
  let updatedAt: Int64
  let createdBy: String
  let comment: String
  let state: String

  init(_ silence: Silence) {
    id = silence.id
    cluster = silence.cluster
    matchers = silence.matchers.map(StoredMatcher.init)
    startsAt = silence.startsAt.milliseconds
    endsAt = silence.endsAt.milliseconds
    updatedAt = silence.updatedAt.milliseconds
    createdBy = silence.createdBy
    comment = silence.comment
    state = silence.state.rawValue
  }

  var silence: Silence? {
    guard let matchers = StoredMatcher.list(matchers), let state = Silence.State(rawValue: state)
    else { return nil }
    return Silence(
      id: id, cluster: cluster, matchers: matchers, startsAt: Timestamp(milliseconds: startsAt),
      endsAt: Timestamp(milliseconds: endsAt), updatedAt: Timestamp(milliseconds: updatedAt),
      createdBy: createdBy, comment: comment, state: state)
  }
}

/// A `LabelMatcher` as JSON.
struct StoredMatcher: Codable, Hashable {
  let name: String
  let comparison: String
  let value: String

  init(_ matcher: LabelMatcher) {
    name = matcher.name
    comparison = matcher.comparison.rawValue
    value = matcher.value
  }

  /// The matchers; `nil` when one is none.
  static func list(_ stored: [StoredMatcher]) -> [LabelMatcher]? {
    let matchers = stored.compactMap { matcher in
      LabelMatcher.Comparison(rawValue: matcher.comparison)
        .map { LabelMatcher(matcher.name, $0, matcher.value) }
    }
    return matchers.count == stored.count ? matchers : nil
  }
}
