package import Reliability
package import Screen

/// An explanation as lines, for the Debug view and for `burnwatch slo explain`.
///
/// `name = formula = the same in figures = value` for numbers, colons in the place of `=` for words and
/// comparisons. A line that is too long goes on below, indented further, broken only between these pieces
/// while they fit.
package struct ExplanationText {
  private static let indent = 2
  private static let deeper = 6

  private let explanation: Explanation
  private let width: Int

  /// Makes lines of at most `width` columns.
  package init(_ explanation: Explanation, width: Int) {
    self.explanation = explanation
    self.width = max(width, ExplanationText.deeper + 20)
  }

  /// All lines, top to bottom, an empty one between sections.
  package var lines: [Line] {
    let sections = explanation.sections.map { section in
      [Line([Span(section.title, .heading)])] + section.steps.flatMap(lines)
    }
    return Array(sections.joined(separator: [Line([])]))
  }

  private func lines(of step: Explanation.Step) -> [Line] {
    var layout = PieceLayout(width: width, first: Self.indent, next: Self.deeper)
    for piece in pieces(of: step) { layout.add(piece) }
    return layout.lines
  }

  /// What must stay together; an equals sign leads its piece, a colon ends the one before.
  private func pieces(of step: Explanation.Step) -> [Span] {
    let chain =
      [(step.name, Role.dim)]
      + (step.formula.map { [($0.names, .text), ($0.figures, .text)] } ?? [])
    let value = (step.value.description, ExplanationText.role(of: step.value))
    let note = step.note.map { [Span("(\($0))", .dim)] } ?? []
    switch step.value {
    case .number, .exact:
      let equal = (chain.dropFirst() + [value]).map { Span("= \($0.0)", $0.1) }
      return [Span(step.name, .dim)] + equal + note
    case .verdict, .status, .text:
      return chain.map { Span("\($0.0):", $0.1) } + [Span(value.0, value.1)] + note
    }
  }

  private static func role(of value: Explanation.Value) -> Role {
    switch value {
    case .status(let status, _):
      switch status {
      case .ok: .healthy
      case .waiting: .dim
      case .stale: .stale
      case .partial: .notice
      case .noData: .noData
      case .invalid, .failed: .failed
      }
    case .number, .exact, .verdict, .text: .text
    }
  }
}

/// Puts pieces beside each other while they fit, the next below.
private struct PieceLayout {
  let width: Int
  let next: Int
  private var finished: [Line] = []
  private var spans: [Span]
  private var columns: Int
  private var isAtStart = true

  init(width: Int, first: Int, next: Int) {
    self.width = width
    self.next = next
    spans = [Span(String(repeating: " ", count: first))]
    columns = first
  }

  var lines: [Line] { finished + [Line(spans)] }

  mutating func add(_ piece: Span) {
    let pieces = WordWrap.lines(of: piece.text, width: width - next).map { Span($0, piece.role) }
    let isWhole = pieces.count == 1
    for span in pieces {
      let length = DisplayWidth.of(span.text)
      let gap = isAtStart ? 0 : 1
      if !isAtStart, !isWhole || columns + gap + length > width { breakLine() }
      if !isAtStart { append(Span(" "), 1) }
      append(span, length)
      isAtStart = false
    }
  }

  private mutating func append(_ span: Span, _ length: Int) {
    spans.append(span)
    columns += length
  }

  private mutating func breakLine() {
    finished.append(Line(spans))
    spans = [Span(String(repeating: " ", count: next))]
    columns = next
    isAtStart = true
  }
}
