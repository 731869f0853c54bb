import Foundation
import Reliability

// Lengths of time, ratios, latencies and matchers: the notations of formats.md that are not YAML's.

extension Value {
  /// A length of time such as `30s` or `5 minutes`.
  func duration(atLeast shortest: Duration = .milliseconds(1)) -> Duration? {
    guard let text = lengthText(), let length = length(of: text) else { return nil }
    guard length >= shortest else {
      let seconds = Int(shortest.milliseconds / 1000)
      let allowed = seconds > 0 ? "at least \(Window(seconds: seconds))" : "a length above zero"
      report(.number(.outOfRange(text, allowed: allowed)))
      return nil
    }
    return length
  }

  /// A look-back window such as `30d`, in whole seconds.
  func window() -> Window? {
    guard let text = lengthText(), let length = length(of: text) else { return nil }
    guard let window = Window(text), length >= .seconds(1) else {
      report(.number(.outOfRange(text, allowed: "whole seconds, at least 1s")))
      return nil
    }
    return window
  }

  private func lengthText() -> String? {
    guard let text = scalarText else {
      expected(.length)
      return nil
    }
    return text
  }

  private func length(of text: String) -> Duration? {
    // The bound on the text keeps sums of absurd numbers from overflowing.
    if text.utf8.count <= 32, let length = Duration(parsing: text) { return length }
    let isBare = Fraction(decimal: text) != nil && !text.hasPrefix("-")
    report(.value(isBare ? .durationWithoutUnit(text) : .notADuration(text)))
    return nil
  }

  /// A ratio strictly between 0 and 1: `0.999`, or a percentage as `99.9` or `"99.9%"`.
  func ratio() -> Fraction? {
    guard let text = scalarText else {
      expected(.ratio)
      return nil
    }
    guard let ratio = Value.ratio(text) else {
      let repaired = text.replacing(",", with: ".")
      let suggestion = Value.ratio(repaired) == nil ? nil : repaired.trimmed
      report(.value(.notARatio(text, suggestion: suggestion)))
      return nil
    }
    if ratio == .one {
      report(.value(.noBudget(text)))
    } else if ratio <= .zero || ratio > .one {
      report(.value(.ratioOutOfRange(text)))
    } else {
      return ratio
    }
    return nil
  }

  private static func ratio(_ text: String) -> Fraction? {
    let isPercent = text.trimmed.hasSuffix("%")
    let digits = isPercent ? String(text.trimmed.dropLast()).trimmed : text.trimmed
    guard let number = Fraction(decimal: digits) else { return nil }
    return isPercent || number > .one ? number.scaled(by: 1, over: 100) : number
  }

  /// A latency in seconds: `300ms`, `0.3`, `"< 300ms"` or `5s`.
  func latency() -> Fraction? {
    guard let text = scalarText else {
      expected(.latency)
      return nil
    }
    let bare = text.trimmed.drop { $0 == "<" || $0 == "=" }.trimmed
    let seconds = Fraction(decimal: bare) ?? Value.seconds(bare)
    guard let seconds, seconds > .zero else {
      report(.value(.notALatency(text)))
      return nil
    }
    return seconds
  }

  private static func seconds(_ text: String) -> Fraction? {
    guard text.utf8.count <= 32, let length = Duration(parsing: text) else { return nil }
    return Fraction(Int128(length.milliseconds), over: 1000)
  }

  /// Label matchers: one text, or a list of such texts.
  func matchers() -> [LabelMatcher] {
    itemsOrOne().flatMap { item -> [LabelMatcher] in
      // An empty text is a list without matchers: how else to name a metric without a service label.
      if item.scalarText?.allSatisfy(\.isWhitespace) == true { return [] }
      guard let text = item.text() else { return [] }
      if let matchers = LabelMatcher.list(parsing: text) { return matchers }
      item.report(.value(.notMatchers(text)))
      return []
    }
  }

  /// A time zone of the IANA database.
  func timeZone() -> String? {
    guard let name = text() else { return nil }
    if TimeZone(identifier: name) != nil { return name }
    let known = TimeZone.knownTimeZoneIdentifiers.sorted()
    let sameCity = known.filter { $0.split(separator: "/").last.map(String.init) == name }
    let nearest = NearestMatch.of(name, among: known).map { [$0] } ?? sameCity
    report(.value(.unknownTimeZone(name, nearest: nearest)))
    return nil
  }
}

extension StringProtocol {
  var trimmed: String {
    String(drop(while: \.isWhitespace).reversed().drop(while: \.isWhitespace).reversed())
  }
}
