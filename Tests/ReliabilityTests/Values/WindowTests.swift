import Reliability
import Testing

@Suite("Windows and durations")
struct WindowTests {
  @Test(
    "Every form of a length is read, and written in its canonical text",
    arguments: [
      ("30s", 30, "30s"), ("5m", 300, "5m"), ("1h", 3_600, "1h"), ("30d", 2_592_000, "30d"),
      ("4w", 2_419_200, "28d"), ("28d", 2_419_200, "28d"), ("30 days", 2_592_000, "30d"),
      ("30 days rolling", 2_592_000, "30d"), ("30d rolling", 2_592_000, "30d"),
      ("30 Days Rolling", 2_592_000, "30d"), ("5 minutes", 300, "5m"), ("1 minute", 60, "1m"),
      ("5 min", 300, "5m"), ("90 sec", 90, "90s"), ("1 second", 1, "1s"), ("2 hours", 7_200, "2h"),
      ("1 hour", 3_600, "1h"), ("1 day", 86_400, "1d"), ("1 week", 604_800, "7d"),
      ("2 weeks", 1_209_600, "14d"), ("1h30m", 5_400, "90m"), ("1h 30m", 5_400, "90m"),
      ("1d12h", 129_600, "36h"), ("1.5h", 5_400, "90m"), ("60m", 3_600, "1h"),
      ("24h", 86_400, "1d"), ("7d", 604_800, "7d"), ("1000ms", 1, "1s"), ("3661s", 3_661, "3661s"),
      (" 30d ", 2_592_000, "30d"), ("30D", 2_592_000, "30d"),
    ])
  func reads(text: String, seconds: Int, canonical: String) {
    let window = Window(text)
    #expect(window?.seconds == seconds)
    #expect(window?.description == canonical)
    #expect(Window(canonical) == window)
  }

  @Test(
    "What is no length of whole seconds is no window",
    arguments: [
      "", " ", "30", "d", "-5m", "+5m", "5x", "30d 4", "5m,", "rolling", "30 rolling",
      "30d rolling rolling", "1e3s", "300ms", "1.0005s", "0s", "0d", "5 months", "1y", "１０d", "1.h",
      "30drolling",
    ])
  func refuses(text: String) {
    #expect(Window(text) == nil)
  }

  @Test("1M is refused, because it means a month elsewhere and would be read as a minute")
  func noMonths() {
    #expect(Window("1M") == nil)
    #expect(Window("1m") == .minutes(1))
    #expect(Window("1 MINUTE") == .minutes(1))
  }

  @Test("Lengths beyond all reason are refused instead of overflowing")
  func hugeLengths() {
    #expect(Duration(parsing: "999999999999w") == nil)
    #expect(Duration(parsing: String(repeating: "100000000d", count: 2_000)) == nil)
  }

  @Test(
    "Durations may be shorter than a second, or zero",
    arguments: [
      ("300ms", 300), ("0s", 0), ("1s500ms", 1_500), ("0.3s", 300), ("250 milliseconds", 250),
    ]
  )
  func durations(text: String, milliseconds: Int) {
    #expect(Duration(parsing: text) == .milliseconds(milliseconds))
  }

  @Test("A duration with a fraction of a millisecond is refused")
  func fractionOfMillisecond() {
    #expect(Duration(parsing: "0.5ms") == nil)
  }

  @Test("A window has at least one second")
  func atLeastOneSecond() {
    #expect(Window(seconds: 0) == Window(seconds: 1))
    #expect(Window(seconds: -5).duration == .seconds(1))
  }

  @Test("Windows are ordered by length, and the seven burn windows are in order")
  func order() {
    #expect(Window.minutes(90) < .hours(2))
    #expect(Window.burnWindows == Window.burnWindows.sorted())
    #expect(
      Window.burnWindows.map(\.description) == ["5m", "30m", "1h", "2h", "6h", "1d", "3d"])
  }

  @Test("The canonical text of every window reads back as the window")
  func roundTrip() {
    for seconds in stride(from: 1, through: 400_000, by: 47) {
      let window = Window(seconds: seconds)
      #expect(Window(window.description) == window)
    }
  }
}
