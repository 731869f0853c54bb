// Acknowledgements. PagerDuty keeps one with the incident and ends it by itself; it has no word for
// taking one back. A note with the request's mark tells that a request has been carried out.

package import Reliability

extension PagerDutySource: ActionBackend {
  /// What is known of an acknowledgement on its way, beyond what PagerDuty shows.
  enum Told: Hashable, Sendable {
    /// PagerDuty said that it is acknowledged.
    case certainly
    /// The answer was lost.
    case perhaps
  }

  /// Of so many requests on their way is remembered how far they have come; forgetting one costs a
  /// second acknowledgement of what is acknowledged.
  private static let toldLimit = 256

  /// Carries out an action at an incident; it is looked at before anything is changed.
  package func perform(
    _ step: DeliveryStep, for record: ActionRecord
  ) async -> DeliveryOutcome {
    let ledger = TrafficLedger()
    do throws(ConnectorError) {
      let outcome = try await outcome(of: step, for: record.request, ledger)
      if ledger.traffic.requests > 0 { note(nil) }
      return outcome
    } catch {
      note(error)
      return error.deliveryOutcome(at: clock.now)
    }
  }

  private func outcome(
    of step: DeliveryStep, for request: ActionRequest, _ ledger: TrafficLedger
  ) async throws(ConnectorError) -> DeliveryOutcome {
    if case .end = step {
      return .refused(
        reason: "PagerDuty cannot take an acknowledgement back; "
          + "it ends there by itself or with the incident")
    }
    guard case .acknowledge(let target, let comment) = request.action,
      case .pagerDuty(_, let id) = target.backend
    else { return .refused(reason: "PagerDuty only takes acknowledgements of its incidents") }
    guard let incident = try await client.incident(id, into: ledger) else {
      return over(request, "PagerDuty does not know the incident any more")
    }
    guard incident.isOpen else { return over(request, "the incident has resolved") }
    switch step {
    case .create: return try await acknowledge(incident, request, comment, ledger)
    case .prolong, .end: return standing(incident, request)
    }
  }

  /// How an acknowledgement that was made stands now; PagerDuty's own time decides how long it does.
  private func standing(
    _ incident: PagerDutyIncident, _ request: ActionRequest
  ) -> DeliveryOutcome {
    switch incident.status {
    case .acknowledged:
      told[request.id] = nil
      return .done(silenceID: nil, until: incident.acknowledgedUntil)
    case .triggered: return over(request, "PagerDuty's acknowledgement has timed out")
    case .resolved: return over(request, "the incident has resolved")
    }
  }

  private func over(_ request: ActionRequest, _ reason: String) -> DeliveryOutcome {
    told[request.id] = nil
    return .gone(reason: reason)
  }

  // MARK: - Acknowledging

  private func acknowledge(
    _ incident: PagerDutyIncident, _ request: ActionRequest, _ comment: String,
    _ ledger: TrafficLedger
  ) async throws(ConnectorError) -> DeliveryOutcome {
    let notes = try await client.notes(of: incident.id, into: ledger)
    if notes.contains(where: { RequestMark.requestID(in: $0) == request.id }) {
      return standing(incident, request)
    }
    let acknowledged: PagerDutyIncident
    switch (told[request.id], incident.status) {
    case (.certainly, .triggered):
      // Somebody is paged anew; the operator has not seen that when they asked.
      return over(request, "PagerDuty's acknowledgement has timed out")
    case (.certainly, .acknowledged), (.perhaps, .acknowledged): acknowledged = incident
    case (.perhaps, .triggered), (nil, _), (_, .resolved):
      switch try await tell(incident, request, ledger) {
      case .acknowledged(let now): acknowledged = now
      case .ended(let outcome): return outcome
      }
    }
    return await leaveNote(on: acknowledged, request, comment, ledger)
  }

  private enum Telling {
    case acknowledged(PagerDutyIncident)
    case ended(DeliveryOutcome)
  }

  private func tell(
    _ incident: PagerDutyIncident, _ request: ActionRequest, _ ledger: TrafficLedger
  ) async throws(ConnectorError) -> Telling {
    if told.count >= PagerDutySource.toldLimit { told.removeAll() }
    do throws(ConnectorError) {
      let answered = try await client.acknowledge(incident.id, into: ledger)
      guard let answered, answered.status == .acknowledged else {
        told[request.id] = .perhaps
        if answered?.isOpen == false { return .ended(over(request, "the incident has resolved")) }
        return .ended(
          .later(reason: "PagerDuty did not say that the incident is acknowledged", after: nil))
      }
      told[request.id] = .certainly
      return .acknowledged(answered)
    } catch {
      if error.leavesOpen { told[request.id] = .perhaps }
      guard case .status(400, _, _) = error else { throw error }
      // An incident that has resolved since it was looked at is refused like any wrong input.
      let now = try await client.incident(incident.id, into: ledger)
      guard let now, now.isOpen else {
        return .ended(over(request, "the incident has resolved"))
      }
      throw error
    }
  }

  /// Writes the note; what keeps it from being written does not undo the acknowledgement.
  private func leaveNote(
    on incident: PagerDutyIncident, _ request: ActionRequest, _ comment: String,
    _ ledger: TrafficLedger
  ) async -> DeliveryOutcome {
    let said = "Acknowledged by \(request.actor) with burnwatch"
    let text = comment.isEmpty ? said : "\(said): \(comment)"
    do throws(ConnectorError) {
      try await client.addNote(
        RequestMark.marked(text, request.id), to: incident.id, into: ledger)
    } catch {
      note(error)
      let what = "the incident is acknowledged, but its note is not written"
      switch error.deliveryOutcome(at: clock.now) {
      case .later(let reason, let wait): return .later(reason: "\(what): \(reason)", after: wait)
      case .refused(let reason): return .refused(reason: "\(what): \(reason)")
      case .done, .gone: return over(request, "PagerDuty does not know the incident any more")
      }
    }
    told[request.id] = nil
    return .done(silenceID: nil, until: incident.acknowledgedUntil)
  }
}

extension ConnectorError {
  /// Whether what was asked for may have been carried out all the same.
  fileprivate var leavesOpen: Bool {
    switch self {
    case .unreachable, .timedOut, .unreadable, .answerTooLarge, .cancelled: true
    case .status(let status, _, _): status >= 500
    case .unusableAddress, .untrusted, .redirected, .refused, .secret, .leftAlone: false
    }
  }

  /// What a failed attempt means for the request.
  fileprivate func deliveryOutcome(at now: Timestamp) -> DeliveryOutcome {
    let reason = pagerDutyMessage
    switch self {
    case .status(404, _, _):
      return .gone(reason: "PagerDuty does not know the incident any more")
    case .status(let status, _, let wait):
      let mayPass = status == 429 || status >= 500
      return mayPass ? .later(reason: reason, after: wait) : .refused(reason: reason)
    case .leftAlone(let until, _):
      return .later(reason: reason, after: max(until - now, .zero))
    case .unreachable, .timedOut, .untrusted, .unreadable, .answerTooLarge, .redirected, .secret,
      .cancelled:
      // A login page of a network on the way redirects as well, and a locked store of secrets opens.
      return .later(reason: reason, after: nil)
    case .unusableAddress, .refused: return .refused(reason: reason)
    }
  }
}
