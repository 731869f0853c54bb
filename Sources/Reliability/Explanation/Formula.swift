/// A formula written twice: by the names of its terms, and with a number in the place of each name.
///
/// Both texts come from the same operators, so one can be checked against the other by hand.
package struct Formula: Hashable, Sendable {
  /// The formula by names, such as `bad(1h) / total(1h)`.
  package let names: String
  /// The same formula with numbers in full precision, such as `655 / 36000`.
  package let figures: String
  private let rank: Rank

  /// How tightly a formula holds together: only looser ones need parentheses as operands.
  private enum Rank: Int {
    case comparison, sum, product, term
  }

  /// Makes a term: a measured number and its name.
  init(_ name: String, _ value: Double) {
    self.init(names: name, figures: Formula.parenthesized(value), .term)
  }

  /// Makes a term: an exact number and its name.
  init(_ name: String, _ value: Fraction) {
    let parts = value.description.split(separator: "/")
    let isPlain = parts.count == 1 && value >= .zero
    let text = parts.joined(separator: " / ")
    self.init(names: name, figures: isPlain ? text : "(\(text))", .term)
  }

  private init(names: String, figures: String, _ rank: Rank) {
    self.names = names
    self.figures = figures
    self.rank = rank
  }

  /// A number in full precision: its text reads back as the same number.
  static func text(of value: Double) -> String {
    value == value.rounded() && abs(value) < 1e15 ? String(Int64(value)) : "\(value)"
  }

  private static func parenthesized(_ value: Double) -> String {
    value < 0 ? "(\(text(of: value)))" : text(of: value)
  }
}

extension Formula: ExpressibleByIntegerLiteral {
  /// Makes a number that needs no name, such as the 60 of minutes.
  package init(integerLiteral value: Int) {
    self.init(names: String(value), figures: String(value), .term)
  }
}

extension Formula {
  static func * (left: Formula, right: Formula) -> Formula {
    left.joined(to: right, by: "*", .product)
  }

  static func / (left: Formula, right: Formula) -> Formula {
    left.joined(to: right, by: "/", .product)
  }

  static func - (left: Formula, right: Formula) -> Formula {
    left.joined(to: right, by: "-", .sum)
  }

  /// Whether this is more than the other.
  func above(_ limit: Formula) -> Formula { joined(to: limit, by: ">", .comparison) }

  /// Whether this is less than the other.
  func below(_ limit: Formula) -> Formula { joined(to: limit, by: "<", .comparison) }

  /// Whether this is as much as the other or more.
  func atLeast(_ limit: Formula) -> Formula { joined(to: limit, by: ">=", .comparison) }

  /// The nearest number from 0 to 1.
  var clamped: Formula {
    Formula(names: "clamped(\(names))", figures: "clamped(\(figures))", .term)
  }

  /// Operators are read from the left, so an equally ranked right side needs parentheses.
  private func joined(to right: Formula, by sign: String, _ rank: Rank) -> Formula {
    let first = inParentheses(if: self.rank.rawValue < rank.rawValue)
    let second = right.inParentheses(if: right.rank.rawValue <= rank.rawValue)
    return Formula(
      names: "\(first.names) \(sign) \(second.names)",
      figures: "\(first.figures) \(sign) \(second.figures)", rank)
  }

  private func inParentheses(if isLooser: Bool) -> Formula {
    isLooser ? Formula(names: "(\(names))", figures: "(\(figures))", .term) : self
  }
}
