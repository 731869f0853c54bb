/// A reader of filters.
struct FilterParser {
  private typealias Failure = AlertFilter.Failure

  private let scalars: [Unicode.Scalar]

  init(_ text: String) {
    scalars = Array(text.unicodeScalars)
  }

  /// The conditions in the order of their terms.
  func conditions() throws(AlertFilter.Failure) -> [FilterCondition] {
    var conditions: [FilterCondition] = []
    for range in FilterTerm.ranges(in: scalars) { conditions.append(try condition(in: range)) }
    return conditions
  }

  private func condition(in range: Range<Int>) throws(Failure) -> FilterCondition {
    let isNegated = FilterTerm.isSign(scalars[range.lowerBound])
    let body = range.dropFirst(isNegated ? 1 : 0)
    guard !body.isEmpty else {
      throw failure(.loneSign(text(range)), at: range.lowerBound)
    }
    if isNegated, let state = FilterWords.states[text(body)] {
      return FilterCondition(test: .states([state]), isNegated: true)
    }
    return FilterCondition(test: try test(in: body), isNegated: isNegated)
  }

  private func test(in body: Range<Int>) throws(Failure) -> FilterCondition.Test {
    if let test = try keywordTest(in: body) { return test }
    if let test = try ageTest(in: body) { return test }
    if let test = try matcherTest(in: body) { return test }
    return .text(try needle(in: body))
  }

  /// Reads free text: a phrase in quotes, or a word as it stands.
  private func needle(in body: Range<Int>) throws(Failure) -> SearchNeedle {
    let value = try value(in: body)
    guard !value.text.isEmpty else { throw failure(.emptyQuotes, at: body.lowerBound) }
    return SearchNeedle(value.text)
  }

  private func failure(_ problem: AlertFilter.Failure.Problem, at place: Int) -> Failure {
    Failure(position: place, problem: problem)
  }

  private func text(_ range: Range<Int>) -> String { String(scalars: scalars[range]) }

  private func isNext(_ word: String, at place: Int, in range: Range<Int>) -> Bool {
    scalars[place..<range.upperBound].starts(with: word.unicodeScalars)
  }
}

// MARK: - Kinds of terms

extension FilterParser {
  private func keywordTest(in body: Range<Int>) throws(Failure) -> FilterCondition.Test? {
    guard let colon = scalars[body].firstIndex(of: ":"),
      let keyword = FilterKeyword(rawValue: text(body.lowerBound..<colon))
    else { return nil }
    let range = colon + 1..<body.upperBound
    guard !range.isEmpty else {
      throw failure(.missingValue(text(body)), at: body.upperBound)
    }
    switch keyword {
    case .state, .is: return .states(try states(in: range))
    case .sev: return .severities(try severities(in: range))
    case .by: return .acknowledgedBy(try needle(in: range))
    case .source: return .source(try needle(in: range))
    case .slo: return .slo(try needle(in: range))
    }
  }

  private func states(in range: Range<Int>) throws(Failure) -> [Alert.State] {
    var states: [Alert.State] = []
    for word in words(in: range) {
      let found = Set(FilterWords.states.filter { $0.key.hasPrefix(text(word)) }.values)
      guard let state = found.first, found.count == 1 else {
        throw failure(.unknownState(text(word)), at: word.lowerBound)
      }
      states.append(state)
    }
    return states
  }

  private func severities(in range: Range<Int>) throws(Failure) -> [Severity] {
    var severities: [Severity] = []
    for word in words(in: range) {
      let found = Severity.allCases.filter { $0.rawValue.hasPrefix(text(word)) }
      guard let severity = found.first, found.count == 1 else {
        throw failure(.unknownSeverity(text(word)), at: word.lowerBound)
      }
      severities.append(severity)
    }
    return severities
  }

  /// The words between commas; doubled commas are as good as one.
  private func words(in range: Range<Int>) -> [Range<Int>] {
    scalars[range].split(separator: ",").map(\.indices)
  }

  private func ageTest(in body: Range<Int>) throws(Failure) -> FilterCondition.Test? {
    guard
      isNext("age<", at: body.lowerBound, in: body)
        || isNext("age>", at: body.lowerBound, in: body)
    else { return nil }
    let isInclusive = isNext("=", at: body.lowerBound + 4, in: body)
    let range = body.dropFirst(isInclusive ? 5 : 4)
    guard !range.isEmpty else { throw failure(.missingValue(text(body)), at: body.upperBound) }
    guard let length = Duration(parsing: text(range)) else {
      throw failure(.unknownLength(text(range)), at: range.lowerBound)
    }
    return .age(
      FilterCondition.AgeBound(
        isLower: scalars[body.lowerBound + 3] == ">", isInclusive: isInclusive,
        milliseconds: length.milliseconds))
  }

  private func matcherTest(in body: Range<Int>) throws(Failure) -> FilterCondition.Test? {
    guard let head = try MatcherHead(scalars, in: body) else { return nil }
    let name = head.name
    guard !name.isEmpty else {
      throw failure(.missingName(head.comparison.rawValue), at: body.lowerBound)
    }
    let range = head.end..<body.upperBound
    guard let first = scalars[range].first else {
      throw failure(.missingValue(text(body)), at: body.upperBound)
    }
    guard first != "=" else {
      throw failure(.doubledSign(name: name, value: text(range)), at: range.lowerBound)
    }
    let value = try value(in: range)
    do throws(PatternError) {
      let matcher = try AlertMatcher(LabelMatcher(name, head.comparison, value.text))
      return .label(AlertLabel(name), matcher)
    } catch {
      let place = error.position < value.places.count ? value.places[error.position] : nil
      throw failure(
        .pattern(name: name, error.problem), at: place ?? body.upperBound)
    }
  }

  /// Reads a value: in quotes, or as it stands.
  private func value(in range: Range<Int>) throws(Failure) -> QuotedText {
    guard FilterTerm.isQuote(scalars[range.lowerBound]) else {
      return QuotedText(text: text(range), places: Array(range), end: range.upperBound)
    }
    let quoted = try QuotedText(scalars, in: range)
    guard quoted.end == range.upperBound else {
      throw failure(
        .textAfterQuote(text(quoted.end..<range.upperBound)), at: quoted.end)
    }
    return quoted
  }
}

/// The name and the comparison of a matcher.
struct MatcherHead {
  let name: String
  let comparison: LabelMatcher.Comparison
  /// Where the name ends, and where the value begins.
  let nameEnd: Int
  let end: Int

  /// Reads the head of a matcher; of other terms there is none.
  init?(_ scalars: [Unicode.Scalar], in body: Range<Int>) throws(AlertFilter.Failure) {
    if FilterTerm.isQuote(scalars[body].first) {
      let quoted = try QuotedText(scalars, in: body)
      name = quoted.text
      nameEnd = quoted.end
    } else {
      let rest = scalars[body]
      nameEnd = rest.firstIndex { !FilterTerm.isInName($0) } ?? body.upperBound
      name = String(scalars: scalars[body.lowerBound..<nameEnd])
    }
    let rest = scalars[nameEnd..<body.upperBound]
    let signs: [LabelMatcher.Comparison] = [.matches, .doesNotMatch, .notEqual, .equal]
    guard let found = signs.first(where: { rest.starts(with: $0.rawValue.unicodeScalars) })
    else { return nil }
    comparison = found
    end = nameEnd + found.rawValue.unicodeScalars.count
  }
}

/// The words for states that a filter knows.
enum FilterWords {
  static let states: [String: Alert.State] = [
    "firing": .firing, "pending": .pending, "acknowledged": .acknowledged,
    "acked": .acknowledged, "ack": .acknowledged, "silenced": .silenced,
    "inhibited": .inhibited, "resolved": .resolved,
  ]
}
