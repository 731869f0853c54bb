/// A silence of Alertmanager: who mutes what, why, and until when.
package struct Silence: Identifiable, Hashable, Sendable {
  /// Alertmanager's id, a UUID.
  package typealias ID = String

  /// Where a silence is in its life.
  package enum State: String, CaseIterable, Hashable, Sendable {
    /// In Alertmanager's own words.
    case active, pending, expired
  }

  /// Alertmanager's id.
  package let id: ID
  /// The cluster that has it.
  package let cluster: String
  /// What it mutes: alerts on which all of these hold.
  package let matchers: [LabelMatcher]
  /// When it begins to mute.
  package let startsAt: Timestamp
  /// When it ends.
  package let endsAt: Timestamp
  /// When it was last changed.
  package let updatedAt: Timestamp
  /// Who made it, as they said.
  package let createdBy: String
  /// Why, as they said.
  package let comment: String
  /// Where it is in its life, by the server's clock.
  package let state: State

  /// Makes a silence.
  package init(
    id: ID, cluster: String, matchers: [LabelMatcher], startsAt: Timestamp, endsAt: Timestamp,
    updatedAt: Timestamp, createdBy: String, comment: String, state: State
  ) {
    self.id = id
    self.cluster = cluster
    self.matchers = matchers
    self.startsAt = startsAt
    self.endsAt = endsAt
    self.updatedAt = updatedAt
    self.createdBy = createdBy
    self.comment = comment
    self.state = state
  }

  /// The prefix by which karma and kthxbye know an acknowledgement.
  package static let acknowledgementPrefix = "ACK!"

  /// Whether it stands for an acknowledgement, whoever made it.
  package var isAcknowledgement: Bool { comment.hasPrefix(Silence.acknowledgementPrefix) }

  /// The id of the burnwatch request that made it; `nil` where another tool did.
  package var requestID: ActionRequest.ID? { RequestMark.requestID(in: comment) }

  /// The comment without prefix and request id: what the operator wrote.
  package var remark: String {
    var text = RequestMark.removed(from: comment)[...]
    if text.hasPrefix(Silence.acknowledgementPrefix) {
      text = text.dropFirst(Silence.acknowledgementPrefix.count)
    }
    return String(text.drop { $0 == " " })
  }
}

/// The mark at the end of a comment by which a request is found again: `[burnwatch ID]`.
package enum RequestMark {
  private static let opening = " [burnwatch "

  /// A comment with the mark of a request.
  package static func marked(_ comment: String, _ id: ActionRequest.ID) -> String {
    "\(comment)\(opening)\(id)]"
  }

  /// The id in a comment.
  package static func requestID(in comment: String) -> ActionRequest.ID? {
    guard comment.hasSuffix("]"), let range = lastOpening(in: comment) else { return nil }
    let id = comment[range.upperBound...].dropLast()
    let isID = id.utf8.allSatisfy { (48...57).contains($0) || (97...122).contains($0) || $0 == 45 }
    return isID && !id.isEmpty ? String(id) : nil
  }

  /// A comment without its mark.
  package static func removed(from comment: String) -> String {
    guard requestID(in: comment) != nil, let range = lastOpening(in: comment) else {
      return comment
    }
    return String(comment[..<range.lowerBound])
  }

  private static func lastOpening(in comment: String) -> Range<String.Index>? {
    comment.ranges(of: opening).last
  }
}
