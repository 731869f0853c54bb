/// A text with places for labels and annotations of an alert: `{{ labels.pod }}`.
///
/// Label values come from outside. Quoting cannot make them safe inside quotes that somebody else wrote,
/// or on the far side of ssh; so only values that mean nothing to any shell are put in.
package struct TemplateText: Hashable, Sendable {
  /// A piece of the text.
  package enum Part: Hashable, Sendable {
    /// Text as written.
    case text(String)
    /// The value of a label or an annotation.
    case field(Field)
  }

  /// A place to fill.
  package struct Field: Hashable, Sendable, CustomStringConvertible {
    /// Whose value is meant.
    package enum Kind: String, CaseIterable, Hashable, Sendable {
      /// The raw values are the words before the point.
      case label = "labels"
      case annotation = "annotations"
    }

    /// Whose value is meant.
    package let kind: Kind
    /// The name of the label or annotation.
    package let name: String

    /// Makes a place to fill.
    package init(_ kind: Kind, _ name: String) {
      self.kind = kind
      self.name = name
    }

    /// As in a sentence: `label "pod"`.
    package var description: String {
      switch kind {
      case .label: "label \"\(name)\""
      case .annotation: "annotation \"\(name)\""
      }
    }
  }

  /// The text as written.
  package let source: String
  /// The pieces, in order; no two texts in a row.
  package let parts: [Part]

  /// Reads a text; other double braces, such as those of `docker --format`, are plain text.
  ///
  /// - Throws: `Malformed` when braces mention labels or annotations in another way.
  package init(parsing source: String) throws(Malformed) {
    var parts: [Part] = []
    var plain = ""
    var rest = Substring(source)
    while let open = rest.firstRange(of: "{{") {
      plain += rest[..<open.lowerBound]
      let inside = rest[open.upperBound...]
      // No place to fill holds a brace, so that looking for its end takes no time in odd texts.
      let expression = inside.prefix { $0 != "{" && $0 != "}" }
      let isClosed = inside[expression.endIndex...].hasPrefix("}}")
      if isClosed, let field = TemplateText.field(expression) {
        if !plain.isEmpty { parts.append(.text(plain)) }
        plain = ""
        parts.append(.field(field))
        rest = inside[expression.endIndex...].dropFirst(2)
      } else if TemplateText.mentionsFields(expression) {
        throw Malformed(text: "{{\(expression)\(isClosed ? "}}" : "")")
      } else {
        // Only the braces are passed: what looks like an end may belong to something else.
        plain += "{{"
        rest = inside
      }
    }
    plain += rest
    if !plain.isEmpty { parts.append(.text(plain)) }
    self.source = source
    self.parts = parts
  }

  /// Makes a text in which nothing is a place to fill.
  package init(verbatim source: String) {
    self.source = source
    parts = source.isEmpty ? [] : [.text(source)]
  }

  /// The places to fill, in order.
  package var fields: [Field] {
    parts.compactMap { if case .field(let field) = $0 { field } else { nil } }
  }

  /// Double braces that mention labels or annotations and are no place to fill.
  package struct Malformed: Error, Hashable, Sendable {
    /// The braces as written.
    package let text: String
  }

  private static func field(_ expression: Substring) -> Field? {
    var text = expression.filter { $0 != " " && $0 != "\t" }[...]
    if text.first == "$" { text.removeFirst() }
    let parts = text.split(separator: ".", maxSplits: 1, omittingEmptySubsequences: false)
    guard parts.count == 2, let kind = Field.Kind(rawValue: String(parts[0])),
      let first = parts[1].first, !("0"..."9").contains(first),
      parts[1].unicodeScalars.allSatisfy(isNamePart)
    else { return nil }
    return Field(kind, String(parts[1]))
  }

  private static func isNamePart(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar {
    case "a"..."z", "A"..."Z", "0"..."9", "_": true
    default: false
    }
  }

  private static func mentionsFields(_ expression: Substring) -> Bool {
    let start = expression.drop { $0 == " " || $0 == "$" }.lowercased()
    return ["labels", "label.", "annotations", "annotation."].contains(where: start.hasPrefix)
  }
}
