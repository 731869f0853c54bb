/// What is being written at the cursor of a filter.
struct CompletionSpot {
  private enum Kind {
    /// The name of a label or a keyword; `isFinal` when an operator stands behind it already.
    case name(isNegated: Bool, isFinal: Bool)
    /// A word or a value behind a keyword.
    case word(FilterKeyword)
    /// A value of a label, perhaps as a pattern.
    case value(AlertLabel, isPattern: Bool)
    case nothing
  }

  /// The scalars that a candidate takes the place of.
  private(set) var range: Range<Int>
  private var kind = Kind.nothing
  /// What of it stands before the cursor, quotes and escapes apart, in lower case.
  private var prefix = ""
  private let scalars: [Unicode.Scalar]
  private let cursor: Int

  init(_ text: String, cursor: Int) {
    let scalars = Array(text.unicodeScalars)
    let cursor = min(max(cursor, 0), scalars.count)
    self.scalars = scalars
    self.cursor = cursor
    range = cursor..<cursor
    // A comma at the end of a term belongs to the next word of its list.
    let term = FilterTerm.ranges(in: scalars).first { term in
      let end = scalars[term.upperBound...].prefix { $0 == "," }.endIndex
      return term.lowerBound <= cursor && cursor <= end
    }
    if let term {
      read(term.lowerBound..<max(term.upperBound, cursor))
    } else {
      kind = .name(isNegated: false, isFinal: false)
    }
  }

  private mutating func read(_ term: Range<Int>) {
    let isNegated = FilterTerm.isSign(scalars[term.lowerBound])
    let body = term.dropFirst(isNegated ? 1 : 0)
    guard cursor >= body.lowerBound else { return }
    if let colon = scalars[body].firstIndex(of: ":"), colon < cursor,
      let keyword = FilterKeyword(scalars[body.lowerBound..<colon])
    {
      readWord(of: keyword, in: colon + 1..<body.upperBound)
    } else if let head = try? MatcherHead(scalars, in: body) {
      if cursor <= head.nameEnd {
        range = body.lowerBound..<head.nameEnd
        kind = .name(isNegated: isNegated, isFinal: true)
      } else if cursor >= head.end {
        range = head.end..<body.upperBound
        kind = .value(AlertLabel(head.name), isPattern: head.comparison.isPattern)
      }
    } else {
      let isName = scalars[body].allSatisfy(FilterTerm.isInName)
      guard isName || FilterTerm.isQuote(scalars[body].first) else { return }
      range = body
      kind = .name(isNegated: isNegated, isFinal: false)
    }
    readPrefix()
  }

  private mutating func readWord(of keyword: FilterKeyword, in words: Range<Int>) {
    kind = .word(keyword)
    range = words
    switch keyword {
    case .state, .is, .sev:
      let start = scalars[words.lowerBound..<cursor].lastIndex(of: ",").map { $0 + 1 }
      let end = scalars[cursor..<words.upperBound].firstIndex(of: ",")
      range = (start ?? words.lowerBound)..<(end ?? words.upperBound)
    case .by, .source, .slo: break
    }
  }

  private mutating func readPrefix() {
    guard range.lowerBound <= cursor else { return }
    let written = Array(scalars[range.lowerBound..<cursor])
    guard let quote = written.first, FilterTerm.isQuote(quote) else {
      prefix = String(scalars: written).lowercased()
      return
    }
    // The quote is mostly still open, and an escape may be half written.
    let attempts = [written, written + [quote], written.dropLast() + [quote]]
    let quoted = attempts.lazy.compactMap { try? QuotedText($0, in: $0.indices) }.first
    prefix = quoted?.text.lowercased() ?? ""
  }
}

// MARK: - Candidates

extension CompletionSpot {
  /// What fits, from what there is.
  func candidates(from vocabulary: AlertVocabulary) -> [String] {
    switch kind {
    case .nothing: []
    case .name(let isNegated, let isFinal):
      names(from: vocabulary, isNegated: isNegated, isFinal: isFinal)
    case .word(let keyword):
      fitting(vocabulary.words(of: keyword)).prefix(AlertCompletion.limit)
        .map(CompletionSpot.writtenValue)
    case .value(let label, let isPattern):
      fitting(vocabulary.values(of: label)).prefix(AlertCompletion.limit).map {
        CompletionSpot.writtenValue(isPattern ? AnchoredPattern.escaping($0) : $0)
      }
    }
  }

  /// Names with an operator, then keywords; of a name written in full, every operator.
  private func names(
    from vocabulary: AlertVocabulary, isNegated: Bool, isFinal: Bool
  ) -> [String] {
    let names = fitting(vocabulary.names(), onlyAtStart: true)
    guard !isFinal else { return names.map(CompletionSpot.writtenName) }
    let keywords =
      FilterKeyword.allCases.map { "\($0.rawValue):" } + ["age>", "age<"]
      + (isNegated ? FilterWords.proposed : [])
    let operators = LabelMatcher.Comparison.allCases.map(\.rawValue)
    let matchers = names.flatMap { name in
      (name.lowercased() == prefix ? operators : ["="]).map {
        CompletionSpot.writtenName(name) + $0
      }
    }
    return matchers.prefix(AlertCompletion.limit - 8) + fitting(keywords, onlyAtStart: true)
      + matchers.dropFirst(AlertCompletion.limit - 8)
  }

  /// What begins with the prefix, then what holds it, each in the order it came.
  private func fitting(_ words: [String], onlyAtStart: Bool = false) -> [String] {
    guard !prefix.isEmpty else { return words }
    let lowercased = words.map { $0.lowercased() }
    let first = words.indices.filter { lowercased[$0].hasPrefix(prefix) }
    let needle = SearchNeedle(prefix)
    let second =
      onlyAtStart
      ? []
      : words.indices.filter {
        !lowercased[$0].hasPrefix(prefix) && needle.isFound(inLowercased: lowercased[$0])
      }
    return (first + second).map { words[$0] }
  }

  /// A value as the filter reads it back, in quotes where it must be.
  private static func writtenValue(_ value: String) -> String {
    let isSafe = value.unicodeScalars.allSatisfy { scalar in
      !FilterTerm.isSeparator(scalar) && !FilterTerm.isQuote(scalar)
        && scalar.properties.generalCategory != .control
    }
    let isBare = isSafe && !value.isEmpty && value.unicodeScalars.first != "="
    return isBare ? value : QuotedText.quoting(value)
  }

  private static func writtenName(_ name: String) -> String {
    let scalars = Array(name.unicodeScalars)
    let isBare =
      scalars.allSatisfy(FilterTerm.isInName) && !FilterTerm.isSign(scalars.first)
      && scalars.firstIndex(of: ":").flatMap { FilterKeyword(scalars[..<$0]) } == nil
    return isBare ? name : QuotedText.quoting(name)
  }
}

extension LabelMatcher.Comparison {
  /// Whether the value is a regular expression.
  var isPattern: Bool {
    switch self {
    case .equal, .notEqual: false
    case .matches, .doesNotMatch: true
    }
  }
}

extension FilterWords {
  /// The word proposed for each state.
  static let proposed = ["firing", "pending", "acked", "silenced", "inhibited", "resolved"]
}
