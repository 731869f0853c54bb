/// When frames may be drawn: one in 33 ms in the long run, two at once after a pause.
///
/// Were it one always, a key that comes right after the clock's own frame would have to wait.
struct FramePace {
  /// The time between two frames that come one after the other.
  static let interval = Duration.milliseconds(33)

  /// The time at which the frames so far would be drawn if each took a whole interval.
  private var paidUntil: ContinuousClock.Instant?

  /// How long the next frame has to wait.
  func delay(at now: ContinuousClock.Instant) -> Duration {
    guard let paidUntil else { return .zero }
    return max(paidUntil - FramePace.interval - now, .zero)
  }

  /// Takes in a frame that was just drawn.
  mutating func note(at now: ContinuousClock.Instant) {
    paidUntil = max(paidUntil ?? now, now) + FramePace.interval
  }
}
