import Reliability
import TestSupport
import Testing

@Suite("What an answer means")
struct MeasurementTests {
  private static let latency = SLI.latency(
    LatencySLI(
      histogram: "http_request_duration_seconds", threshold: Fraction(3, over: 10), matchers: []))
  private static let availability = SLI.availability(
    AvailabilitySLI(counter: "http_requests_total", matchers: [], bad: [], excluded: []))

  private func measure(
    _ numerator: Double?, of total: Double?, _ sli: SLI = .badEventsSample,
    nearest: [String] = []
  ) -> Measurement {
    Measurement(
      .events(numerator: numerator, total: total, nearestBuckets: nearest), of: sli)
  }

  @Test("Bad events over all events are the error ratio")
  func badEvents() {
    #expect(measure(7_800, of: 12_000_000) == .measured(.sample(bad: 7_800, of: 12_000_000)))
    #expect(measure(1, of: 4, Self.availability) == .measured(.sample(bad: 1, of: 4)))
  }

  @Test("What is not good is bad")
  func goodEvents() {
    #expect(measure(999, of: 1_000, .goodEventsSample) == .measured(.sample(bad: 1, of: 1_000)))
    #expect(measure(999, of: 1_000, Self.latency) == .measured(.sample(bad: 1, of: 1_000)))
  }

  @Test(
    "Without events there is no data, whatever the numerator says",
    arguments: [nil, 0, -0.0, .nan] as [Double?], [nil, 0, 5, .nan] as [Double?])
  func noEvents(total: Double?, numerator: Double?) {
    for sli in [SLI.badEventsSample, .goodEventsSample, Self.latency, Self.availability] {
      #expect(measure(numerator, of: total, sli) == .noData)
    }
  }

  @Test("Absent bad events beside a total are no bad events")
  func absentBad() {
    #expect(measure(nil, of: 50) == .measured(.sample(bad: 0, of: 50)))
    #expect(measure(nil, of: 50, Self.availability) == .measured(.sample(bad: 0, of: 50)))
  }

  @Test("Absent good events beside a total mean that all are bad")
  func absentGood() {
    #expect(measure(nil, of: 50, .goodEventsSample) == .measured(.sample(bad: 50, of: 50)))
  }

  @Test(
    "An absent latency bucket is a wrong threshold and names the nearest ones",
    arguments: [
      (["0.25", "0.5"], "; the nearest are 0.25 and 0.5"), (["0.25"], "; the nearest are 0.25"),
      ([], ""),
    ])
  func absentBucket(nearest: [String], words: String) {
    #expect(
      measure(nil, of: 50, Self.latency, nearest: nearest)
        == .invalid("http_request_duration_seconds has no bucket le=\"0.3\"" + words))
  }

  @Test("One event is either good or bad", arguments: [0.0, 1.0])
  func oneEvent(bad: Double) {
    #expect(measure(bad, of: 1) == .measured(.sample(bad: bad, of: 1)))
    #expect(measure(1 - bad, of: 1, .goodEventsSample) == .measured(.sample(bad: bad, of: 1)))
  }

  @Test(
    "Up to 10 % outside is clamped with a note",
    arguments: [
      (105, 1, "an error ratio of 1.05 was taken as 1.0"),
      (110, 1, "an error ratio of 1.1 was taken as 1.0"),
      (-5, 0, "an error ratio of -0.05 was taken as 0.0"),
      (-10, 0, "an error ratio of -0.1 was taken as 0.0"),
    ] as [(Double, Double, String)])
  func clamped(bad: Double, ratio: Double, note: String) {
    let expected = EventShare(total: 100, bad: ratio * 100, errorRatio: ratio, note: note)
    #expect(measure(bad, of: 100) == .measured(expected))
    #expect(measure(100 - bad, of: 100, .goodEventsSample) == .measured(expected))
    #expect(
      Measurement(.errorRatio(bad / 100, total: 100), of: .errorRatio("")) == .measured(expected))
  }

  @Test(
    "Further outside is an invalid indicator with the value",
    arguments: [(111, "1.11"), (110.25, "1.1025"), (-11, "-0.11"), (200, "2.0")]
      as [(Double, String)])
  func outside(bad: Double, value: String) {
    let invalid = Measurement.invalid("the error ratio is \(value), outside 0 to 1")
    #expect(measure(bad, of: 100) == invalid)
    #expect(Measurement(.errorRatio(bad / 100, total: nil), of: .errorRatio("")) == invalid)
  }

  @Test(
    "Counts that no counter can have are invalid",
    arguments: [
      (5, .infinity, "the number of all events is inf"),
      (5, -3, "the number of all events is -3.0"),
      (.nan, 5, "the number of counted events is nan"),
      (.infinity, 5, "the number of counted events is inf"),
    ] as [(Double, Double, String)])
  func impossible(numerator: Double, total: Double, reason: String) {
    #expect(measure(numerator, of: total) == .invalid(reason))
  }

  @Test("A ready-made ratio is taken as it is, with its count where there is one")
  func readyMade() {
    #expect(
      Measurement(.errorRatio(0.25, total: 40), of: .errorRatio(""))
        == .measured(.sample(bad: 10, of: 40)))
    #expect(
      Measurement(.errorRatio(0.25, total: nil), of: .goodRatio(""))
        == .measured(EventShare(total: nil, bad: nil, errorRatio: 0.25)))
  }

  @Test(
    "A ready-made ratio that is absent, or a ratio of no events, is no data",
    arguments: [(nil, nil), (.nan, 5), (nil, 5), (0.5, 0), (0.5, .nan)] as [(Double?, Double?)])
  func readyMadeNoData(ratio: Double?, total: Double?) {
    #expect(Measurement(.errorRatio(ratio, total: total), of: .errorRatio("")) == .noData)
  }

  @Test("A ready-made ratio or count that is no number of this world is invalid")
  func readyMadeInvalid() {
    #expect(
      Measurement(.errorRatio(.infinity, total: nil), of: .errorRatio(""))
        == .invalid("the error ratio is inf"))
    #expect(
      Measurement(.errorRatio(0.5, total: -2), of: .errorRatio(""))
        == .invalid("the number of all events is -2.0"))
  }

  @Test("Coverage and history are no events")
  func otherAnswers() {
    #expect(Measurement(.coverage(seconds: 10), of: .badEventsSample) == .noData)
    #expect(Measurement(.history([]), of: .badEventsSample) == .noData)
  }
}
