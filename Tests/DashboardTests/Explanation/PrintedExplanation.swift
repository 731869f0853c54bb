import Reliability
import Screen

@testable import Dashboard

/// An explanation as a reader has it: the printed text, and the equations and comparisons in it.
struct PrintedExplanation {
  /// `name = value`, mostly with a formula by names and by figures between them.
  struct Equation {
    let name: String
    let formula: (names: String, figures: String)?
    let value: Double
  }

  /// `name: formula: figures: yes`.
  struct Comparison {
    let name: String
    let names: String
    let figures: String
    let holds: Bool
  }

  /// A step in the order of the page.
  enum Step {
    case equation(Equation)
    case comparison(Comparison)
  }

  /// The lines as printed.
  let lines: [String]
  /// The steps that can be recomputed, top to bottom.
  let steps: [Step]

  /// Prints an explanation 80 columns wide and reads it back.
  init(_ explanation: Explanation) throws {
    lines = ExplanationText(explanation, width: 80).lines.map { line in
      line.spans.map(\.text).joined()
    }
    steps = try PrintedExplanation.joined(lines).compactMap(PrintedExplanation.step)
  }

  /// The equations alone.
  var equations: [Equation] {
    steps.compactMap { if case .equation(let equation) = $0 { equation } else { nil } }
  }

  /// The comparisons alone.
  var comparisons: [Comparison] {
    steps.compactMap { if case .comparison(let comparison) = $0 { comparison } else { nil } }
  }

  /// The printed value of each name.
  var values: [String: Double] {
    Dictionary(equations.map { ($0.name, $0.value) }) { first, _ in first }
  }

  /// One text for each step: lines that went on below are put behind their first.
  private static func joined(_ lines: [String]) -> [String] {
    lines.reduce(into: []) { steps, line in
      let text = String(line.drop { $0 == " " })
      if line.hasPrefix("      "), let last = steps.popLast() {
        steps.append("\(last) \(text)")
      } else if line.hasPrefix("  ") {
        steps.append(text)
      }
    }
  }

  private static func step(_ text: String) throws -> Step? {
    let equal = text.firstRange(of: " = ")?.lowerBound ?? text.endIndex
    let colon = text.firstRange(of: ":")?.lowerBound ?? text.endIndex
    if equal < colon { return .equation(try equation(text)) }
    return comparison(text).map(Step.comparison)
  }

  private static func equation(_ text: String) throws -> Equation {
    let parts = text.split(separator: " = ").map(String.init)
    let words = parts.last?.split(separator: " ") ?? []
    guard parts.count == 2 || parts.count == 4, let value = words.first else {
      throw Arithmetic.Failure(reason: "\(text) is no equation")
    }
    return Equation(
      name: parts[0], formula: parts.count == 4 ? (parts[1], parts[2]) : nil,
      value: try Arithmetic.value(of: String(value)))
  }

  private static func comparison(_ text: String) -> Comparison? {
    let parts = text.split(separator: ": ").map(String.init)
    guard parts.count == 4, let verdict = parts[3].split(separator: " ").first,
      ["yes", "no"].contains(verdict)
    else { return nil }
    return Comparison(
      name: parts[0], names: parts[1], figures: parts[2], holds: verdict == "yes")
  }
}

extension PrintedExplanation.Comparison {
  /// Whether a formula with `>`, `>=` or `<` holds by the calculator.
  static func isTrue(_ formula: String, knowing known: [String: Double] = [:]) throws -> Bool {
    let signs: [(String, (Double, Double) -> Bool)] = [(" > ", >), (" >= ", >=), (" < ", <)]
    for (sign, holds) in signs {
      let sides = formula.split(separator: sign).map(String.init)
      guard sides.count == 2 else { continue }
      return holds(
        try Arithmetic.value(of: sides[0], knowing: known),
        try Arithmetic.value(of: sides[1], knowing: known))
    }
    throw Arithmetic.Failure(reason: "\(formula) compares nothing")
  }
}
