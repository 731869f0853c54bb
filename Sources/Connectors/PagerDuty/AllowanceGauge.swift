internal import Reliability
internal import Synchronization

/// What PagerDuty said last of how many requests the key may still make; requests that run at the same
/// time write into it.
final class AllowanceGauge: Sendable {
  private struct Entry {
    let allowance: RequestAllowance
    /// How long it holds; without a told end for a minute, for which the limit is said to be.
    let pause: Pause
  }

  private let latest = Mutex<Entry?>(nil)

  /// Takes in what an answer said; one that said nothing leaves what is known.
  func note(_ allowance: RequestAllowance?, at now: Timestamp) {
    guard let allowance else { return }
    let pause = Pause(of: allowance.reset ?? .seconds(60), from: now)
    latest.withLock { $0 = Entry(allowance: allowance, pause: pause) }
  }

  /// Whether hardly any request is left; what is whole again by now is not low.
  func isLow(at now: Timestamp) -> Bool { low(at: now) != nil }

  private func low(at now: Timestamp) -> Entry? {
    guard let entry = latest.withLock(\.self), entry.allowance.isLow,
      !entry.pause.isOver(at: now)
    else { return nil }
    return entry
  }

  /// A low allowance in words for the operator.
  func caution(at now: Timestamp) -> String? {
    guard let low = low(at: now) else { return nil }
    let whole = low.allowance.limit.map { " of \($0)" } ?? ""
    let count = low.allowance.remaining == 0 ? "none" : "only \(low.allowance.remaining)"
    let seconds = Int((low.pause.until - now).inSeconds.rounded(.up))
    return "\(count)\(whole) requests are left for \(seconds) s; "
      + "everything that uses the same token shares them, and a longer refresh needs fewer"
  }
}
