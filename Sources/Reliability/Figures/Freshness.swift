/// How often figures are asked for and when they are stale (maths.md, Freshness).
package enum Freshness {
  /// No figure is asked for less often than this.
  package static let slowest = Duration.seconds(300)

  /// The time between two questions for a window: `clamp(window / 60, refresh, 5 min)`.
  package static func interval(for window: Window, refresh: Duration) -> Duration {
    min(max(window.duration / 60, refresh), max(slowest, refresh))
  }

  /// The age beyond which a window's figure is stale: twice its interval.
  package static func limit(for window: Window, refresh: Duration) -> Duration {
    interval(for: window, refresh: refresh) * 2
  }
}
