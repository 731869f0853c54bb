/// Where the terms of a filter's text stand, without a judgement about them.
///
/// Both the parser and the completion, which sees unfinished terms, begin with this.
enum FilterTerm {
  /// The scalars of each term: they end at blanks, and at commas before a blank or after a quote.
  static func ranges(in scalars: [Unicode.Scalar]) -> [Range<Int>] {
    var ranges: [Range<Int>] = []
    var position = 0
    while true {
      while position < scalars.count, isSeparator(scalars[position]) { position += 1 }
      guard position < scalars.count else { return ranges }
      var scanner = TermScanner(scalars, from: position)
      let end = scanner.end()
      ranges.append(position..<end)
      position = end
    }
  }

  /// Whether a scalar stands between terms.
  static func isSeparator(_ scalar: Unicode.Scalar) -> Bool {
    scalar == "," || scalar.properties.isWhitespace
  }

  /// Whether a scalar can be in a label's name without quotes.
  static func isInName(_ scalar: Unicode.Scalar) -> Bool {
    PatternEdge(scalar) == .word || scalar == "." || scalar == ":" || scalar == "-"
  }

  /// Whether a scalar before a term negates it.
  static func isSign(_ scalar: Unicode.Scalar?) -> Bool { scalar == "!" || scalar == "-" }

  /// Whether a scalar opens a quoted name, value or phrase.
  static func isQuote(_ scalar: Unicode.Scalar?) -> Bool { scalar == "\"" || scalar == "'" }
}

/// Finds the end of one term: quotes hide blanks where a name or a value can begin.
private struct TermScanner {
  private enum Place {
    /// Before anything but a sign; in a bare name; behind a quoted one; behind an operator.
    case start, name, quotedName, operation
    /// In a bare value or word; behind a quoted value.
    case bare, quotedValue
  }

  private let scalars: [Unicode.Scalar]
  private let start: Int
  private var position: Int
  private var place = Place.start

  init(_ scalars: [Unicode.Scalar], from start: Int) {
    self.scalars = scalars
    self.start = start
    position = start
  }

  mutating func end() -> Int {
    while position < scalars.count, !scalars[position].properties.isWhitespace {
      let scalar = scalars[position]
      let isBehindQuote = place == .quotedName || place == .quotedValue
      if isBehindQuote, scalar == "," { return position }
      if FilterTerm.isQuote(scalar), place == .start || place == .operation {
        skipQuoted(by: scalar)
        place = place == .start ? .quotedName : .quotedValue
      } else {
        place = placeBehind(scalar)
        position += 1
      }
    }
    guard place != .quotedName, place != .quotedValue else { return position }
    while position > start + 1, scalars[position - 1] == "," { position -= 1 }
    return position
  }

  private func placeBehind(_ scalar: Unicode.Scalar) -> Place {
    let isOperator = "=!~<>".unicodeScalars.contains(scalar)
    switch place {
    case .start:
      if position == start, FilterTerm.isSign(scalar) { return .start }
      return FilterTerm.isInName(scalar) ? .name : isOperator ? .operation : .bare
    case .name:
      let word = scalars[start..<position]
      if scalar == ":", FilterKeyword(word) != nil { return .operation }
      return isOperator ? .operation : FilterTerm.isInName(scalar) ? .name : .bare
    case .quotedName, .operation: return isOperator ? .operation : .bare
    case .quotedValue, .bare: return .bare
    }
  }

  /// Goes behind the closing quote, or to the end where none is.
  private mutating func skipQuoted(by quote: Unicode.Scalar) {
    position += 1
    while position < scalars.count, scalars[position] != quote {
      position += scalars[position] == "\\" ? 2 : 1
    }
    position = min(position + 1, scalars.count)
  }
}

/// The words that ask for more than labels, such as the first of `state:firing`.
enum FilterKeyword: String, CaseIterable, Hashable, Sendable {
  case state, sev, `is`, by, source, slo

  /// The keyword that a term begins with, a sign before it apart.
  init?(_ scalars: ArraySlice<Unicode.Scalar>) {
    let word = FilterTerm.isSign(scalars.first) ? scalars.dropFirst() : scalars
    self.init(rawValue: String(scalars: word))
  }
}

extension String {
  /// Makes a text of Unicode scalars.
  init(scalars: some Sequence<Unicode.Scalar>) {
    var view = UnicodeScalarView()
    view.append(contentsOf: scalars)
    self.init(view)
  }
}
