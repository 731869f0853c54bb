import Operations
import Reliability
import TestSupport
import Testing

@Suite("The last word of a source")
struct KnownReadingsTests {
  private let start: Timestamp

  init() throws {
    start = try .sample("2026-11-21T12:00:00Z")
  }

  private func reading(_ bad: Double, after seconds: Int) -> Reading {
    .sample(bad, of: 100, at: start + .seconds(seconds))
  }

  private func sample(_ ratio: Double?, after seconds: Int) -> HistorySample {
    HistorySample(at: start + .seconds(seconds), errorRatio: ratio)
  }

  private static let past = Demand.Question.history(.hours(6), step: .minutes(5))

  @Test("A newer answer replaces an older one, and clears its failure")
  func newerAnswer() {
    var known = KnownReadings()
    known.record(.success(reading(1, after: 0)), for: .burn(.hours(1)), of: .badEventsSample)
    known.record(.failure(.unavailable("down")), for: .burn(.hours(1)), of: .badEventsSample)
    #expect(known.burns[.hours(1)]?.reading == reading(1, after: 0))
    #expect(known.burns[.hours(1)]?.failure == .unavailable("down"))
    known.record(.success(reading(2, after: 60)), for: .burn(.hours(1)), of: .badEventsSample)
    #expect(known.burns == [.hours(1): .init(reading: reading(2, after: 60))])
  }

  @Test("A slow answer never replaces a newer one, nor the failure that came after it")
  func olderAnswer() {
    var known = KnownReadings()
    known.record(.success(reading(2, after: 60)), for: .objective(.days(30)), of: .badEventsSample)
    known.record(.success(reading(1, after: 0)), for: .objective(.days(30)), of: .badEventsSample)
    #expect(known.objective == .init(reading: reading(2, after: 60)))
    known.record(.failure(.unavailable("down")), for: .objective(.days(30)), of: .badEventsSample)
    known.record(.success(reading(1, after: 30)), for: .objective(.days(30)), of: .badEventsSample)
    #expect(
      known.objective == .init(reading: reading(2, after: 60), failure: .unavailable("down")))
  }

  @Test(
    "A minute is the most by which an answer can be late", arguments: [(1, 2), (60, 2), (61, 1)])
  func lateness(seconds: Int, bad: Double) {
    var known = KnownReadings()
    known.record(.success(reading(2, after: 0)), for: .burn(.hours(1)), of: .badEventsSample)
    known.record(.success(reading(1, after: -seconds)), for: .burn(.hours(1)), of: .badEventsSample)
    let kept = known.burns[.hours(1)]?.reading?.answer
    #expect(kept == .events(numerator: bad, total: 100, nearestBuckets: []))
  }

  @Test("An answer that is older by more than any answer takes means that the clock was set back")
  func clockSetBack() {
    var known = KnownReadings()
    known.record(.success(reading(2, after: 0)), for: .burn(.minutes(5)), of: .badEventsSample)
    known.record(.success(reading(1, after: -3_600)), for: .burn(.minutes(5)), of: .badEventsSample)
    #expect(known.burns[.minutes(5)]?.reading == reading(1, after: -3_600))
    #expect(known.history == [sample(0.01, after: -3_600)])
  }

  @Test("Windows, the SLO window and the coverage are kept apart")
  func apart() {
    var known = KnownReadings()
    let coverage = Reading.coverageSample(seconds: 77, at: start)
    known.record(.success(reading(1, after: 0)), for: .burn(.hours(1)), of: .badEventsSample)
    known.record(.success(reading(2, after: 0)), for: .burn(.hours(6)), of: .badEventsSample)
    known.record(.success(reading(3, after: 0)), for: .objective(.days(30)), of: .badEventsSample)
    known.record(.success(coverage), for: .coverage(.days(30)), of: .badEventsSample)
    #expect(known.burns[.hours(1)]?.reading == reading(1, after: 0))
    #expect(known.burns[.hours(6)]?.reading == reading(2, after: 0))
    #expect(known.objective.reading == reading(3, after: 0))
    #expect(known.coverage.reading == coverage)
    #expect(known.history.isEmpty)
  }

  @Test("The 5 m window goes on with the past, one sample a step")
  func append() {
    var known = KnownReadings()
    for second in stride(from: 0, through: 900, by: 15) {
      known.record(
        .success(reading(Double(second / 300), after: second)), for: .burn(.minutes(5)),
        of: .badEventsSample)
    }
    #expect(
      known.history == [
        sample(0, after: 0), sample(0.01, after: 300), sample(0.02, after: 600),
        sample(0.03, after: 900),
      ])
  }

  @Test("A window without events is an unknown sample, a failure is none")
  func unknownSamples() {
    var known = KnownReadings()
    let silence = Reading.sample(nil, of: nil, at: start)
    known.record(.success(silence), for: .burn(.minutes(5)), of: .badEventsSample)
    known.record(.failure(.unavailable("down")), for: .burn(.minutes(5)), of: .badEventsSample)
    #expect(known.history == [sample(nil, after: 0)])
  }

  @Test("Steps without an answer are unknown")
  func gap() {
    var known = KnownReadings()
    for second in [0, 300, 1_510] {
      known.record(
        .success(reading(1, after: second)), for: .burn(.minutes(5)), of: .badEventsSample)
    }
    #expect(
      known.history == [
        sample(0.01, after: 0), sample(0.01, after: 300), sample(nil, after: 600),
        sample(nil, after: 900), sample(nil, after: 1_200), sample(0.01, after: 1_510),
      ])
  }

  @Test("A gap longer than the past is filled no further back than the past goes")
  func longGap() {
    var known = KnownReadings()
    for second in [0, 86_400] {
      known.record(
        .success(reading(1, after: second)), for: .burn(.minutes(5)), of: .badEventsSample)
    }
    #expect(known.history.count == 72)
    #expect(known.history.last == sample(0.01, after: 86_400))
    #expect(known.history.dropLast().allSatisfy { $0.errorRatio == nil })
    #expect(known.history.first == sample(nil, after: 86_400 - 21_600 + 300))
  }

  @Test("The fetched past goes before what polls have appended meanwhile")
  func adoption() {
    var known = KnownReadings()
    for second in [0, 300] {
      known.record(
        .success(reading(9, after: second)), for: .burn(.minutes(5)), of: .badEventsSample)
    }
    let past = [sample(0.5, after: -300), sample(nil, after: 0)]
    known.record(
      .success(.historySample(past, at: start)), for: Self.past, of: .badEventsSample)
    #expect(known.history == past + [sample(0.09, after: 300)])
  }

  @Test("An empty or failed past takes nothing away")
  func noPast() {
    var known = KnownReadings()
    known.record(.success(reading(9, after: 0)), for: .burn(.minutes(5)), of: .badEventsSample)
    known.record(.success(.historySample([], at: start)), for: Self.past, of: .badEventsSample)
    known.record(.failure(.unavailable("down")), for: Self.past, of: .badEventsSample)
    #expect(known.history == [sample(0.09, after: 0)])
  }

  @Test("The past is never longer than six hours")
  func trimming() {
    var known = KnownReadings()
    let past = (0...200).map { sample(0, after: ($0 - 200) * 300) }
    known.record(.success(.historySample(past, at: start)), for: Self.past, of: .badEventsSample)
    #expect(known.history.first == sample(0, after: -21_600))
    known.record(.success(reading(1, after: 300)), for: .burn(.minutes(5)), of: .badEventsSample)
    #expect(known.history.first == sample(0, after: -21_300))
    #expect(known.history.count == 73)
  }
}
