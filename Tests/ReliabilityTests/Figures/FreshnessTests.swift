import Reliability
import Testing

@Suite("Freshness")
struct FreshnessTests {
  @Test(
    "A window is asked for every sixtieth of its length, but not beyond refresh and 5 minutes",
    arguments: [
      (Window.minutes(5), 15), (.minutes(15), 15), (.minutes(16), 16), (.minutes(30), 30),
      (.hours(1), 60), (.hours(2), 120), (.hours(5), 300), (.hours(6), 300), (.days(1), 300),
      (.days(3), 300), (.days(30), 300), (.days(90), 300),
    ])
  func intervals(window: Window, seconds: Int) {
    #expect(Freshness.interval(for: window, refresh: .seconds(15)) == .seconds(seconds))
    #expect(Freshness.limit(for: window, refresh: .seconds(15)) == .seconds(2 * seconds))
  }

  @Test("Long windows are stale after 10 minutes")
  func longWindows() {
    #expect(Freshness.limit(for: .days(30), refresh: .seconds(15)) == .seconds(600))
  }

  @Test(
    "A slow source is asked at its own pace, even slower than 5 minutes",
    arguments: [(Window.minutes(5), 60, 60), (.hours(2), 60, 120), (.days(30), 900, 900)])
  func slowSource(window: Window, refresh: Int, seconds: Int) {
    #expect(Freshness.interval(for: window, refresh: .seconds(refresh)) == .seconds(seconds))
  }

  @Test("A fast source is asked faster")
  func fastSource() {
    #expect(Freshness.interval(for: .minutes(5), refresh: .seconds(1)) == .seconds(5))
    #expect(
      Freshness.interval(for: .minutes(1), refresh: .milliseconds(250)) == .seconds(1))
  }
}
