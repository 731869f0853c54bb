/// Who is looking at an alert, since when and until when.
package struct Acknowledgement: Hashable, Sendable {
  /// How far one's own acknowledgement has come; others' are confirmed when they are seen.
  package enum Delivery: String, CaseIterable, Hashable, Sendable {
    /// Waits in the journal; told to the backend; seen there; refused or given up.
    case queued, sent, confirmed, failed
  }

  /// Who has it, as they call themselves.
  package let by: String
  /// Since when.
  package let at: Timestamp
  /// Until when it stands by itself; `nil` when it has no end, or none is known yet.
  package let until: Timestamp?
  /// What they wrote.
  package let comment: String
  /// How far it has come.
  package let delivery: Delivery
  /// Why it waits or failed; a clause without its stop.
  package let trouble: String?
  /// The request of this journal; `nil` for acknowledgements by others.
  package let requestID: ActionRequest.ID?

  /// Makes an acknowledgement.
  package init(
    by: String, at: Timestamp, until: Timestamp?, comment: String, delivery: Delivery,
    trouble: String? = nil, requestID: ActionRequest.ID? = nil
  ) {
    self.by = by
    self.at = at
    self.until = until
    self.comment = comment
    self.delivery = delivery
    self.trouble = trouble
    self.requestID = requestID
  }
}
