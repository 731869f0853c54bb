import Reliability
import Screen

@testable import Dashboard

extension Key: ExpressibleByExtendedGraphemeClusterLiteral {
  /// A key that types a character: `"a"`.
  public init(extendedGraphemeClusterLiteral character: Character) {
    self = .character(character)
  }
}

extension Dashboard {
  /// What the screen shows, its rows joined.
  var text: String { view().textRows.joined(separator: "\n") }

  /// Goes to an alert in the list.
  mutating func select(_ alert: Alert) {
    alertsPane.select(alert.id, height: alertsHeight)
  }

  /// Lets other alerts arrive.
  ///
  /// - Parameters:
  ///   - pager: The alerts.
  ///   - seconds: How long after the shop's time.
  /// - Returns: What is to be done.
  @discardableResult
  mutating func hear(_ pager: Pager, after seconds: Int = 0) -> [Effect] {
    handle(.alertsArrived(pager.snapshot), at: Shop.now + .seconds(seconds))
  }
}
