import Foundation

/// What several measurements of one thing gave.
struct Spread {
  private let sorted: [Double]

  init(_ values: [Double]) {
    sorted = values.sorted()
  }

  init(_ lengths: [Duration]) {
    self.init(lengths.map { $0 / .milliseconds(1) })
  }

  var count: Int { sorted.count }
  var median: Double { percentile(0.5) }
  var least: Double { sorted.first ?? .nan }
  var most: Double { sorted.last ?? .nan }

  /// The value that a share of all does not exceed (nearest rank).
  func percentile(_ share: Double) -> Double {
    guard !sorted.isEmpty else { return .nan }
    let rank = Int((share * Double(sorted.count)).rounded(.up))
    return sorted[min(max(rank, 1), sorted.count) - 1]
  }

  /// Median and spread, such as `13.1 (12.0 to 16.4)`.
  func text(_ unit: String) -> String {
    "\(Spread.number(median)) \(unit) (\(Spread.number(least)) to \(Spread.number(most)))"
  }

  /// Median and 99th percentile, such as `0.9 / 3.1`.
  func tail(_ unit: String) -> String {
    "\(Spread.number(median)) / \(Spread.number(percentile(0.99))) \(unit) (n = \(count))"
  }

  /// Three digits or so.
  static func number(_ value: Double) -> String {
    switch abs(value) {
    case ..<10: String(format: "%.2f", value)
    case ..<100: String(format: "%.1f", value)
    default: String(format: "%.0f", value)
    }
  }
}

/// A table in Markdown, printed row by row.
struct Table {
  init(_ headings: String...) {
    print("| \(headings.joined(separator: " | ")) |")
    print("|\(String(repeating: " --- |", count: headings.count))")
  }

  func row(_ cells: String...) {
    print("| \(cells.joined(separator: " | ")) |")
    fflush(nil)
  }
}
