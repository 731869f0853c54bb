import Reliability
import TestSupport
import Testing

@Suite("Forecasts")
struct ForecastTests {
  @Test(
    "A rolling budget runs out after the remaining share of the window over the burn rate",
    arguments: [
      (0.35, 14.4, 17.5), (1, 2, 360), (0.4, 2, 144), (1, 1.0000001, 720 / 1.0000001),
      (0.5, 1, nil), (0.5, 0.99, nil), (0.5, 0, nil), (0, 0, 0), (0, 14.4, 0), (-0.4, 0.5, 0),
    ] as [(Double, Double, Double?)])
  func rolling(remaining: Double, burnRate: Double, hours: Double?) {
    let forecast = Forecast(
      rollingRemaining: remaining, window: .days(30), burnRate: burnRate, basis: Forecast.now)
    #expect(isClose(forecast.hoursToExhaustion, hours))
    #expect(forecast.basis == .hours(1))
  }

  @Test(
    "A calendar budget runs out only before its period's end",
    arguments: [
      // Ten days into a period of thirty, 480 hours are left.
      (0.9, 14.4, 45), (0.9, 1.34, nil), (0.9, 1.35, 480), (0.5, 0.75, 480), (0.5, 0.74, nil),
      (0.5, 0, nil), (0, 0, 0), (-0.1, 3, 0),
    ] as [(Double, Double, Double?)])
  func calendar(remaining: Double, burnRate: Double, hours: Double?) throws {
    let start = try Timestamp.sample("2026-11-01T00:00:00Z")
    let forecast = Forecast(
      calendarRemaining: remaining, period: start..<(start + .seconds(30 * 86_400)),
      now: start + .seconds(10 * 86_400), burnRate: burnRate, basis: Forecast.trend)
    #expect(isClose(forecast.hoursToExhaustion, hours))
    #expect(forecast.basis == .hours(6))
  }

  private func isClose(_ found: Double?, _ expected: Double?) -> Bool {
    guard let found, let expected else { return found == expected }
    return abs(found - expected) <= 1e-9
  }
}
