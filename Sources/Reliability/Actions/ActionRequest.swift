/// Something the operator wants done outside: written to the journal before it is tried.
package struct ActionRequest: Identifiable, Hashable, Sendable {
  /// Lower-case letters, digits and hyphens; unique across journals.
  package typealias ID = String

  /// The identity, which the backend keeps as well, so that a repetition is recognised.
  package let id: ID
  /// When the operator asked for it.
  package let at: Timestamp
  /// Who asked for it.
  package let actor: String
  /// What is to be done.
  package let action: Action

  /// Makes a request.
  package init(id: ID, at: Timestamp, actor: String, action: Action) {
    self.id = id
    self.at = at
    self.actor = actor
    self.action = action
  }

  /// What can be done.
  package enum Action: Hashable, Sendable {
    /// Tell everybody that somebody is looking.
    case acknowledge(AlertTarget, comment: String)
    /// Take an acknowledgement of this journal back.
    case unacknowledge(ActionRequest.ID, AlertTarget)
    /// Mute alerts.
    case silence(SilencePlan)
    /// Let a silence end later.
    case extendSilence(Silence, until: Timestamp)
    /// End a silence now.
    case expireSilence(Silence)

    /// The permission that allows it.
    package var permission: Permission {
      switch self {
      case .acknowledge, .unacknowledge: .acknowledge
      case .silence, .extendSilence, .expireSilence: .silence
      }
    }

    /// What it acts on, in words for audit and messages.
    package var subject: String {
      switch self {
      case .acknowledge(let target, _), .unacknowledge(_, let target): target.name
      case .silence(let plan): LabelMatcher.text(of: plan.matchers)
      case .extendSilence(let silence, _), .expireSilence(let silence): "silence \(silence.id)"
      }
    }
  }
}

/// The alert that an acknowledgement is about, and where it is told.
package struct AlertTarget: Hashable, Sendable {
  /// Who keeps the acknowledgement.
  package enum Backend: Hashable, Sendable {
    /// An Alertmanager cluster keeps it as a silence.
    case alertmanager(source: String, matchers: [LabelMatcher])
    /// PagerDuty keeps it with the incident.
    case pagerDuty(source: String, incident: String)
    /// Only the journal keeps it.
    case local
  }

  /// The alert.
  package let alert: Alert.ID
  /// The alert's name, for words.
  package let name: String
  /// When the alert began; one that has resolved and come back is another.
  package let startsAt: Timestamp
  /// Who keeps it.
  package let backend: Backend

  /// Makes a target.
  package init(alert: Alert.ID, name: String, startsAt: Timestamp, backend: Backend) {
    self.alert = alert
    self.name = name
    self.startsAt = startsAt
    self.backend = backend
  }
}

/// A silence to be made.
package struct SilencePlan: Hashable, Sendable {
  /// The Alertmanager source that gets it.
  package let source: String
  /// What it mutes.
  package let matchers: [LabelMatcher]
  /// When it begins.
  package let startsAt: Timestamp
  /// When it ends.
  package let endsAt: Timestamp
  /// Why.
  package let comment: String

  /// Makes a plan.
  package init(
    source: String, matchers: [LabelMatcher], startsAt: Timestamp, endsAt: Timestamp,
    comment: String
  ) {
    self.source = source
    self.matchers = matchers
    self.startsAt = startsAt
    self.endsAt = endsAt
    self.comment = comment
  }
}

/// What the configuration's `permissions` are about.
package enum Permission: String, CaseIterable, Hashable, Sendable {
  /// Acknowledge and undo; make, extend and expire silences; run steps of runbooks.
  case acknowledge, silence, runbooks
}

/// What the configuration says of one permission.
package enum PermissionRule: String, CaseIterable, Hashable, Sendable {
  /// Done at once; done after a question; not done.
  case allow, confirm, deny
}
