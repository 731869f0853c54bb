import Dashboard
import Reliability
import Screen

// The text and the JSON of `slo explain`, which hold the same steps; docs/explain.md describes both.
// Members may be added to the JSON, none is renamed or removed.

extension Explanation {
  /// The width that the text keeps to.
  private static let columns = 80

  /// The explanation as lines.
  var text: [String] {
    let lines = ExplanationText(self, width: Explanation.columns).lines.map { line in
      line.spans.map(\.text).joined()
    }
    return ["\(id) at \(at.rfc3339)", ""] + lines
  }

  /// The explanation as one JSON object.
  var json: JSON {
    .object([
      .init("schema", .number(1)),
      .init("id", .string(id)),
      .init("at", .string(at.rfc3339)),
      .init("sections", .array(sections.map(\.json))),
    ])
  }
}

extension Explanation.Section {
  fileprivate var json: JSON {
    .object([.init("title", .string(title)), .init("steps", .array(steps.map(\.json)))])
  }
}

extension Explanation.Step {
  fileprivate var json: JSON {
    .object([
      .init("name", .string(name)),
      .init("value", value.json),
      .init("unit", .string(orNull: value.unit?.rawValue)),
      .init("formula", .string(orNull: formula?.names)),
      .init("figures", .string(orNull: formula?.figures)),
      .init("note", .string(orNull: note)),
    ])
  }
}

extension Explanation.Value {
  fileprivate var unit: Explanation.Unit? {
    switch self {
    case .number(_, let unit): unit
    case .exact, .verdict, .status, .text: nil
    }
  }

  /// Numbers and verdicts as such, words as text; an exact number that is no decimal is rounded once.
  fileprivate var json: JSON {
    switch self {
    case .number(let number, _): .number(orNull: number)
    case .exact(let fraction): .number(fraction.doubleValue)
    case .verdict(let holds): .bool(holds)
    case .status, .text: .string(description)
    }
  }
}
