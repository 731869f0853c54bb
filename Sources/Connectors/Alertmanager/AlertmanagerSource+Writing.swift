// Silences made, prolonged and ended. Alertmanager has no word for an acknowledgement; karma's
// convention, a short silence whose comment begins with ACK!, is understood by others as well.

internal import Foundation
package import Reliability

extension AlertmanagerSource: ActionBackend {
  /// Carries out an action at one member; the next is tried only when no connection was made.
  package func perform(
    _ step: DeliveryStep, for record: ActionRecord
  ) async -> DeliveryOutcome {
    var last = DeliveryOutcome.later(reason: "no member of \(name) can be reached", after: nil)
    for index in writingOrder {
      let round = Round([.poll])
      do throws(ConnectorError) {
        if let reason = obstacle(to: record, at: members[index]) { return .refused(reason: reason) }
        let outcome = try await perform(step, for: record, at: members[index].client, round.poll)
        note(nil, of: index, in: round)
        return outcome
      } catch {
        note(error, of: index, in: round)
        last = outcome(of: error)
        guard error.wasNotSent else { return last }
      }
    }
    return last
  }

  /// Before 0.22 a negative matcher was taken for a positive one.
  private func obstacle(to record: ActionRecord, at member: Member) -> String? {
    guard case .silence(let plan) = record.request.action,
      plan.matchers.contains(where: { [.notEqual, .doesNotMatch].contains($0.comparison) }),
      let version = member.status?.version
    else { return nil }
    let parts = version.split(separator: ".").prefix(2).compactMap { Int($0) }
    guard parts.count == 2, parts[0] == 0, parts[1] < 22 else { return nil }
    return "\(name) runs version \(version), which cannot silence by != and !~; upgrade it to 0.22"
  }

  /// Members that answered last come first.
  private var writingOrder: [Int] {
    members.indices.sorted { (members[$0].failure == nil) && (members[$1].failure != nil) }
  }

  private func perform(
    _ step: DeliveryStep, for record: ActionRecord, at client: APIClient,
    _ ledger: TrafficLedger
  ) async throws(ConnectorError) -> DeliveryOutcome {
    switch (step, record.request.action) {
    case (.create(let until, let mayBeThere), .acknowledge(let target, let comment)):
      guard case .alertmanager(_, let matchers) = target.backend else { break }
      let text = comment.isEmpty ? "acknowledged with burnwatch" : comment
      let posting = Posting(
        matchers: matchers, startsAt: clock.now, endsAt: until, by: record.request.actor,
        comment: "\(Silence.acknowledgementPrefix) \(text)")
      return try await create(posting, for: record, mayBeThere, at: client, ledger)
    case (.create(_, let mayBeThere), .silence(let plan)):
      let posting = Posting(
        matchers: plan.matchers, startsAt: max(plan.startsAt, clock.now), endsAt: plan.endsAt,
        by: record.request.actor, comment: plan.comment)
      return try await create(posting, for: record, mayBeThere, at: client, ledger)
    case (.create, .extendSilence(let silence, let until)):
      return try await extend(silence.id, until: until, at: client, ledger)
    case (.create, .expireSilence(let silence)):
      return try await expire(silence.id, at: client, ledger)
    case (.prolong(let until), _):
      guard let id = record.silenceID else { break }
      return try await extend(id, until: until, at: client, ledger)
    case (.end, _):
      return try await end(record, at: client, ledger)
    case (.create, .unacknowledge): break
    }
    return .refused(reason: "\(name) is an Alertmanager and cannot do this")
  }

  // MARK: - Making

  private func create(
    _ posting: Posting, for record: ActionRecord, _ mayBeThere: Bool, at client: APIClient,
    _ ledger: TrafficLedger
  ) async throws(ConnectorError) -> DeliveryOutcome {
    // An earlier attempt may have arrived though its answer did not.
    let present = mayBeThere ? try await silences(of: record.id, at: client, ledger) : []
    if let found = present.first(where: { $0.state != .expired }) {
      return .done(silenceID: found.id, until: found.endsAt)
    }
    guard present.isEmpty else { return .gone(reason: "its silence was expired meanwhile") }
    let answer = try await client.write(
      "POST", "/api/v2/silences", posting.body(markedWith: record.id), into: ledger)
    return .done(silenceID: try AlertmanagerAnswer.silenceID(answer), until: posting.endsAt)
  }

  private func silences(
    of request: ActionRequest.ID, at client: APIClient, _ ledger: TrafficLedger
  ) async throws(ConnectorError) -> [Silence] {
    let answer = try await client.get("/api/v2/silences", into: ledger).answer
    return try AlertmanagerAnswer.silences(answer, cluster: name).items
      .filter { $0.requestID == request }
  }

  // MARK: - Prolonging and ending

  /// Sends a silence back as it was read, with a later end; the server may answer with a new id.
  private func extend(
    _ id: Silence.ID, until: Timestamp, at client: APIClient, _ ledger: TrafficLedger
  ) async throws(ConnectorError) -> DeliveryOutcome {
    let answer = try await client.get("/api/v2/silences", into: ledger).answer
    let all = try AlertmanagerAnswer.silences(answer, cluster: name).items
    guard let silence = all.first(where: { $0.id == id }), silence.state != .expired else {
      return .gone(reason: "its silence has ended")
    }
    guard silence.endsAt < until else { return .done(silenceID: id, until: silence.endsAt) }
    let posting = Posting(
      id: id, matchers: silence.matchers, startsAt: silence.startsAt, endsAt: until,
      by: silence.createdBy, comment: silence.comment)
    let posted = try await client.write(
      "POST", "/api/v2/silences", posting.body(markedWith: nil), into: ledger)
    return .done(silenceID: try AlertmanagerAnswer.silenceID(posted), until: until)
  }

  /// Ends whatever silences a request has made.
  private func end(
    _ record: ActionRecord, at client: APIClient, _ ledger: TrafficLedger
  ) async throws(ConnectorError) -> DeliveryOutcome {
    let present = try await silences(of: record.id, at: client, ledger)
    let living = present.filter { $0.state != .expired }.map(\.id)
    let known = record.silenceID.map { id in present.contains { $0.id == id } ? [] : [id] } ?? []
    var outcome = DeliveryOutcome.gone(reason: "its silence had ended already")
    for id in living + known { outcome = try await expire(id, at: client, ledger) }
    return outcome
  }

  private func expire(
    _ id: Silence.ID, at client: APIClient, _ ledger: TrafficLedger
  ) async throws(ConnectorError) -> DeliveryOutcome {
    do throws(ConnectorError) {
      _ = try await client.write("DELETE", "/api/v2/silence/\(id)", into: ledger)
      return .done(silenceID: id, until: clock.now)
    } catch {
      guard error.saysNotFound else { throw error }
      return .gone(reason: "its silence is not there any more")
    }
  }

  // MARK: - Failures

  private func outcome(of error: ConnectorError) -> DeliveryOutcome {
    switch error {
    case .status(let status, _, let wait):
      if status == 429 || status >= 500 { return .later(reason: error.message, after: wait) }
      return .refused(reason: error.message)
    case .refused, .redirected, .unusableAddress, .secret: return .refused(reason: error.message)
    case .unreachable, .timedOut, .untrusted, .answerTooLarge, .unreadable, .leftAlone, .cancelled:
      return .later(reason: error.message, after: nil)
    }
  }
}

extension ConnectorError {
  /// Whether the member certainly did not get the request, so that another may.
  fileprivate var wasNotSent: Bool {
    switch self {
    case .unreachable(let reason): !reason.contains("closed the connection")
    case .leftAlone, .untrusted, .unusableAddress: true
    case .timedOut, .answerTooLarge, .redirected, .status, .refused, .unreadable, .secret,
      .cancelled:
      false
    }
  }

  /// Before 0.26 a silence that is not known was answered with 500.
  fileprivate var saysNotFound: Bool {
    guard case .status(let status, let text, _) = self else { return false }
    return status == 404 || (status == 500 && text.contains("not found"))
  }
}

/// The body of `POST /api/v2/silences`.
private struct Posting {
  var id: Silence.ID?
  let matchers: [LabelMatcher]
  let startsAt: Timestamp
  let endsAt: Timestamp
  let by: String
  let comment: String

  private struct Wire: Encodable {
    let id: String?
    let matchers: [WireMatcher]
    let startsAt: String
    let endsAt: String
    let createdBy: String
    let comment: String
  }

  /// The JSON, its comment marked with the request it comes from.
  func body(markedWith request: ActionRequest.ID?) -> [UInt8] {
    let wire = Wire(
      id: id, matchers: matchers.map(WireMatcher.init), startsAt: startsAt.rfc3339,
      endsAt: endsAt.rfc3339, createdBy: by,
      comment: request.map { RequestMark.marked(comment, $0) } ?? comment)
    // Texts, flags and lists of them can always be encoded.
    return [UInt8]((try? JSONEncoder().encode(wire)) ?? Data())
  }
}
