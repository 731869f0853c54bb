import Reliability

extension ActionRequest.Action {
  /// Why it makes no sense; `nil` when it does.
  var unsuitability: String? {
    switch self {
    case .acknowledge(let target, _):
      guard case .alertmanager(_, let matchers) = target.backend else { return nil }
      return AlertMatcher.refusalReason(of: matchers)
    case .silence(let plan):
      guard plan.endsAt > plan.startsAt else { return "the silence would end before it begins" }
      return AlertMatcher.refusalReason(of: plan.matchers)
    case .unacknowledge, .extendSilence, .expireSilence: return nil
    }
  }

  /// Whether two actions are the same wish.
  func isSame(as other: ActionRequest.Action) -> Bool {
    switch (self, other) {
    case (.acknowledge(let one, _), .acknowledge(let two, _)): one.alert == two.alert
    case (.unacknowledge(let one, _), .unacknowledge(let two, _)): one == two
    case (.expireSilence(let one), .expireSilence(let two)): one.key == two.key
    case (.extendSilence, .extendSilence), (.silence, .silence): self == other
    case (.acknowledge, _), (.unacknowledge, _), (.silence, _), (.extendSilence, _),
      (.expireSilence, _):
      false
    }
  }
}
