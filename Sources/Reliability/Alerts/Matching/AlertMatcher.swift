/// A label matcher ready for use: it holds on exactly the alerts on which Alertmanager lets it
/// hold.
package struct AlertMatcher: Hashable, Sendable {
  /// The matcher as written.
  package let matcher: LabelMatcher
  private let pattern: AnchoredPattern?

  /// Compiles a matcher.
  ///
  /// - Throws: `PatternError` when its value should be a regular expression and is none.
  package init(_ matcher: LabelMatcher) throws(PatternError) {
    self.matcher = matcher
    switch matcher.comparison {
    case .equal, .notEqual: pattern = nil
    case .matches, .doesNotMatch: pattern = try AnchoredPattern(matcher.value)
    }
  }

  /// Compiles all matchers of a silence.
  ///
  /// - Throws: `PatternError` of the first one that cannot be compiled.
  package static func compiled(
    _ matchers: [LabelMatcher]
  ) throws(PatternError) -> [AlertMatcher] {
    var compiled: [AlertMatcher] = []
    for matcher in matchers { compiled.append(try AlertMatcher(matcher)) }
    return compiled
  }

  /// Whether the matcher holds on the labels of an alert; an absent label is empty.
  package func matches(_ labels: LabelSet) -> Bool { holds(on: labels[matcher.name]) }

  /// Whether the matcher holds on a value of its label.
  package func holds(on value: String) -> Bool {
    switch matcher.comparison {
    case .equal: matcher.value.hasSameBytes(as: value)
    case .notEqual: !matcher.value.hasSameBytes(as: value)
    case .matches: pattern?.matches(value) == true
    case .doesNotMatch: pattern?.matches(value) == false
    }
  }

  /// Whether the matcher says nothing about an alert by Alertmanager's rule for silences.
  ///
  /// That rule asks only what must be there: `a=""` and `a=~".*"` say nothing, but `a!="b"`, which
  /// an absent label fulfils too, does.
  package var canMatchEmpty: Bool {
    switch matcher.comparison {
    case .equal, .matches: holds(on: "")
    case .notEqual, .doesNotMatch: false
    }
  }
}

extension Sequence<AlertMatcher> {
  /// Whether all matchers hold on the labels of an alert; none at all hold on every alert.
  package func matches(_ labels: LabelSet) -> Bool { allSatisfy { $0.matches(labels) } }
}

extension AlertMatcher {
  /// Why Alertmanager would refuse a silence with these matchers, as a clause without its stop.
  ///
  /// - Parameter matchers: The matchers of the silence.
  /// - Returns: `nil` when it would take them.
  package static func refusalReason(of matchers: [LabelMatcher]) -> String? {
    guard !matchers.isEmpty else {
      return "a silence needs a matcher; write one such as alertname=\"DiskFull\""
    }
    var saysNothing = true
    for matcher in matchers {
      guard !matcher.name.isEmpty else {
        return "the matcher \(matcher.description.inQuotes) has no label; write its name first"
      }
      do throws(PatternError) {
        saysNothing = try AlertMatcher(matcher).canMatchEmpty && saysNothing
      } catch {
        return "the pattern \(matcher.value.inQuotes) of \(matcher.name) cannot be used: "
          + error.message
      }
    }
    guard saysNothing else { return nil }
    let text = LabelMatcher.text(of: matchers)
    return "\(text) would silence alerts without any of these labels, which Alertmanager refuses; "
      + "add a matcher with a value, such as alertname=\"DiskFull\""
  }
}
