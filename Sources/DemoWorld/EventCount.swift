/// A whole number of good and of bad events; differences of running counts, so possibly negative.
struct EventCount: Hashable, Sendable {
  var good: Int
  var bad: Int

  static let zero = EventCount(good: 0, bad: 0)

  var total: Int { good + bad }

  /// The count after the first `part` of `whole` milliseconds, each kind rounded down.
  ///
  /// Good and bad are cut separately and the total is their sum, so a part never has more bad events
  /// than events.
  func first(_ part: Int64, of whole: Int64) -> EventCount {
    EventCount(good: good * Int(part) / Int(whole), bad: bad * Int(part) / Int(whole))
  }

  static func + (left: EventCount, right: EventCount) -> EventCount {
    EventCount(good: left.good + right.good, bad: left.bad + right.bad)
  }

  static func - (left: EventCount, right: EventCount) -> EventCount {
    EventCount(good: left.good - right.good, bad: left.bad - right.bad)
  }

  static func += (left: inout EventCount, right: EventCount) {
    left = left + right
  }
}
