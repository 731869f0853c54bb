/// A regular expression in RE2's syntax that must match a whole text: what Prometheus and
/// Alertmanager make of `=~` is `^(?:pattern)$`.
///
/// Matching takes time linear in the text whatever the pattern, since patterns come from other
/// people's silences. A table decides about ASCII text where it stays small; otherwise all ways
/// through the pattern are followed at once. As in Alertmanager `.` does not match a newline, which
/// only Prometheus 3 lets it.
package struct AnchoredPattern: Sendable {
  /// How many Unicode scalars a pattern may have.
  package static let lengthLimit = 4096

  /// The pattern as written.
  package let source: String
  private let program: PatternProgram
  private let table: PatternTable?

  /// Compiles a pattern.
  ///
  /// - Throws: `PatternError` when RE2 would refuse it, or when it is too long or too large.
  package init(_ source: String) throws(PatternError) {
    var parser = try PatternParser(source)
    program = try PatternProgram(parser.pattern())
    table = PatternTable(program)
    self.source = source
  }

  /// Whether the pattern matches all of a text.
  package func matches(_ text: String) -> Bool {
    if let table,
      let verdict = text.utf8.withContiguousStorageIfAvailable({ table.verdict(on: $0) }) ?? nil
    {
      return verdict
    }
    return matchesBySimulation(text)
  }

  /// The same answer without the table, which texts beyond ASCII and large patterns get.
  func matchesBySimulation(_ text: String) -> Bool {
    var simulation = PatternSimulation(program)
    return simulation.matches(text)
  }

  /// Whether a table decides about ASCII text.
  var hasTable: Bool { table != nil }

  /// A pattern that matches a text and nothing else.
  package static func escaping(_ text: String) -> String {
    var escaped = String.UnicodeScalarView()
    for scalar in text.unicodeScalars {
      if #"\.+*?()|[]{}^$"#.unicodeScalars.contains(scalar) { escaped.append("\\") }
      escaped.append(scalar)
    }
    return String(escaped)
  }
}

extension AnchoredPattern: Hashable {
  /// Whether both are written alike, byte by byte.
  package static func == (left: AnchoredPattern, right: AnchoredPattern) -> Bool {
    left.source.hasSameBytes(as: right.source)
  }

  /// Feeds the pattern as written.
  package func hash(into hasher: inout Hasher) {
    hasher.combine(source)
  }
}

extension String {
  /// Whether both have the same bytes: Swift's `==` takes `é` for `e` and its accent, servers do
  /// not.
  func hasSameBytes(as other: String) -> Bool {
    utf8.count == other.utf8.count && utf8.elementsEqual(other.utf8)
  }
}
