import Operations
import Reliability
import TestSupport
import Testing

/// What "why this number" says where there is no number, or an old one.
@Suite struct ExplainedTroubleTests {
  private let now = ExplainedCase.now

  /// The printed page of an SLO all of whose windows had the same answer, in one line.
  private func page(_ sli: SLI, _ answer: Reading.Answer, age: Duration = .seconds(4)) throws
    -> String
  {
    let slo = try SLO.sample(sli: sli, objective: "0.95")
    let reading = Reading(
      observedAt: now - age, answer: answer,
      provenance: Provenance(route: .query, expressions: ["bad", "all"]))
    var known = KnownReadings()
    for window in slo.burnWindows {
      known.record(.success(reading), for: .burn(window), of: sli)
    }
    known.record(.success(reading), for: .objective(.days(30)), of: sli)
    let state = Evaluator(slo: slo, refresh: .seconds(15)).state(of: known, at: now)
    return try PrintedExplanation(Explanation(state, at: now)).lines
      .map { $0.drop { $0 == " " } }.joined(separator: " ")
  }

  private func latency() throws -> SLI {
    .latency(LatencySLI(histogram: "answer_seconds", threshold: try .sample("0.3"), matchers: []))
  }

  @Test("A threshold that is no bucket gives no ratio, and the nearest buckets are named")
  func wrongBucket() throws {
    let page = try page(
      try latency(), .events(numerator: nil, total: 500, nearestBuckets: ["0.25", "0.5"]))
    #expect(
      page.contains(#"answer_seconds has no bucket le="0.3"; the nearest are 0.25 and 0.5"#),
      "\(page)")
    #expect(page.contains("errorRatio(5m): none"))
    #expect(!page.contains("burnRate(5m)"))
  }

  @Test("Good events that are absent although there were events were all bad, and it says so")
  func absentGood() throws {
    let page = try page(
      .goodEventsSample, .events(numerator: nil, total: 500, nearestBuckets: []))
    #expect(page.contains("absent from the answer although there were events: all were bad"))
    #expect(page.contains("errorRatio(5m) = bad(5m) / total(5m) = 500 / 500 = 1 "), "\(page)")
  }

  @Test("Silence is neither 0 % nor 100 %")
  func silence() throws {
    let page = try page(.goodEventsSample, .events(numerator: nil, total: 0, nearestBuckets: []))
    #expect(page.contains("no events are neither 0 % nor 100 %"))
    #expect(!page.contains("burnRate(5m)"))
  }

  @Test("An old answer keeps its numbers, and says since when it is stale")
  func stale() throws {
    let page = try page(
      .goodEventsSample, .events(numerator: 499, total: 500, nearestBuckets: []),
      age: .seconds(3600))
    let since = now - .seconds(3600) + .seconds(30)
    #expect(page.contains("stale since \(since.rfc3339)"), "\(page)")
    #expect(page.contains("state: stale"))
    #expect(page.contains("burnRate(5m)"))
  }
}
