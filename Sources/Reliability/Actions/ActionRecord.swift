/// A request with what has become of it: a row of the journal's outbox.
package struct ActionRecord: Identifiable, Hashable, Sendable {
  /// Where a request is on its way.
  package enum State: String, CaseIterable, Hashable, Sendable {
    /// Waits for its first or next attempt.
    case queued
    /// The backend has accepted it.
    case sent
    /// It was seen at the backend afterwards.
    case confirmed
    /// The backend refuses it; only the operator can have it tried again.
    case failed
    /// It is over: undone, resolved, lapsed, dropped, or simply done.
    case ended
  }

  /// What was asked for.
  package let request: ActionRequest
  /// Where it is on its way.
  package var state: State
  /// How often it was tried.
  package var attempts: Int
  /// Not before this instant is it tried again.
  package var nextAttempt: Timestamp
  /// Why the last attempt failed, or how it ended; a clause without its stop.
  package var reason: String?
  /// The silence that was made.
  package var silenceID: Silence.ID?
  /// Until when the acknowledgement or silence stands by itself.
  package var until: Timestamp?

  /// The request's identity.
  package var id: ActionRequest.ID { request.id }

  /// Makes the record of a request nobody has tried.
  package init(_ request: ActionRequest) {
    self.init(
      request: request, state: .queued, attempts: 0, nextAttempt: request.at, reason: nil,
      silenceID: nil, until: nil)
  }

  /// Makes a record as the journal has it.
  package init(
    request: ActionRequest, state: State, attempts: Int, nextAttempt: Timestamp, reason: String?,
    silenceID: Silence.ID?, until: Timestamp?
  ) {
    self.request = request
    self.state = state
    self.attempts = attempts
    self.nextAttempt = nextAttempt
    self.reason = reason
    self.silenceID = silenceID
    self.until = until
  }
}

/// One line of the audit trail: who did what to what, and what became of it.
package struct AuditEntry: Hashable, Sendable {
  /// When.
  package let at: Timestamp
  /// Who.
  package let actor: String
  /// What was done, as a word: `acknowledge`, `expired`, `failed`.
  package let event: String
  /// The request it belongs to.
  package let request: ActionRequest.ID?
  /// What it was done to, in words.
  package let subject: String
  /// What there is to add.
  package let detail: String

  /// Makes an entry.
  package init(
    at: Timestamp, actor: String, event: String, request: ActionRequest.ID?, subject: String,
    detail: String
  ) {
    self.at = at
    self.actor = actor
    self.event = event
    self.request = request
    self.subject = subject
    self.detail = detail
  }
}
