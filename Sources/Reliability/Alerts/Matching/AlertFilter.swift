/// What the operator types to see only some alerts.
///
/// A filter is a list of terms between blanks, or commas before blanks; all must hold. A term is
/// - a matcher on a label: `team=pay`, `team!=pay`, `team=~pay.*`, `team!~"pay|web"`. A value goes
///   to the next blank and is taken as it stands, or is in double or single quotes with the escapes
///   `\\`, `\"`, `\'` and `\n`. A name beyond letters, digits and `_ . : -` is in quotes too.
///   `service`, `team` and `severity` stand for what the configuration makes of an alert that has
///   no such label.
/// - `state:firing,pending`: one of these states is among those that hold. `ack` and `acked` mean
///   acknowledged, and the beginning of a word is enough. `is:` is another word for `state:`.
/// - `sev:page,ticket`: the severity by the configuration, whatever the label says.
/// - `age>10m`, `age<=1h30m`: the time since it began.
/// - `by:ines`, `source:prom`, `slo:checkout/`: part of who has it, of a source, of the SLO's id.
/// - anything else: text that must be found in labels, annotations, service, team or who has it,
///   whatever the case. Quotes keep blanks together, and make text of what would be another term.
///
/// `!` or `-` before a term negates it. The words of states are text by themselves, so that they
/// find what they say anywhere; behind a sign, as in `!acked`, they are states, because there
/// nobody means text.
package struct AlertFilter: Sendable {
  /// The filter as typed.
  package let text: String
  private let conditions: [FilterCondition]

  /// Makes the filter that lets everything through.
  package init() {
    text = ""
    conditions = []
  }

  /// Reads a filter.
  ///
  /// - Throws: `Failure` at the first term that is wrong or not finished.
  package init(parsing text: String) throws(Failure) {
    let conditions = try FilterParser(text).conditions()
    self.text = text
    // Sorting is stable, so equal conditions stay in the order in which they were typed.
    self.conditions = conditions.sorted { $0.cost < $1.cost }
  }

  /// Whether there are no terms, so that everything passes.
  package var isEmpty: Bool { conditions.isEmpty }

  /// Whether an alert passes.
  ///
  /// - Parameters:
  ///   - alert: The alert.
  ///   - now: The time to which ages are counted.
  /// - Returns: Whether every term holds.
  package func matches(_ alert: Alert, at now: Timestamp) -> Bool {
    for condition in conditions where !condition.holds(on: alert, at: now) { return false }
    return true
  }
}

extension AlertFilter: Hashable {
  /// Whether both were typed alike, byte by byte.
  package static func == (left: AlertFilter, right: AlertFilter) -> Bool {
    left.text.hasSameBytes(as: right.text)
  }

  /// Feeds the text.
  package func hash(into hasher: inout Hasher) {
    hasher.combine(text)
  }
}
