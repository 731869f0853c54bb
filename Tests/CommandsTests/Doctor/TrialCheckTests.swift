import Connectors
import Reliability
import TestSupport
import Testing

@testable import Commands

/// What is said of an SLO's expressions.
@Suite struct TrialCheckTests {
  private static let now = Timestamp(milliseconds: 1_795_269_802_000)
  private static let month = 30.0 * 86_400

  private static func latency() throws -> SLI {
    .latency(LatencySLI(histogram: "h", threshold: try .sample("0.25"), matchers: []))
  }

  private static func findings(
    _ answer: Reading.Answer, sli: SLI = .badEventsSample, covered: Double? = month,
    warnings: [String] = []
  ) throws -> [Finding] {
    let reading = Reading(
      observedAt: now, answer: answer, provenance: Provenance(route: .query, warnings: warnings))
    return try findings(.success(reading), sli: sli, covered: covered)
  }

  private static func findings(
    _ result: Result<Reading, ReadingFailure>, sli: SLI = .badEventsSample, covered: Double?
  ) throws -> [Finding] {
    let trial = Trial(of: try SLO.sample(sli: sli), at: now)
    var readings: SourceFacts.Readings = [trial.events: result]
    readings[trial.coverage] = covered.map { seconds in
      .success(
        Reading(
          observedAt: now, answer: .coverage(seconds: seconds),
          provenance: Provenance(route: .query)))
    }
    let contact = PrometheusProbe.Contact(latency: .zero, skew: nil)
    return TrialCheck(
      trial: trial, facts: SourceFacts(contact: .success(contact), readings: readings),
      wait: .seconds(10)
    ).findings
  }

  private static func events(
    _ numerator: Double?, of total: Double?, nearest: [String] = []
  ) -> Reading.Answer {
    .events(numerator: numerator, total: total, nearestBuckets: nearest)
  }

  private static func verdict(_ check: String, _ findings: [Finding]) -> Verdict? {
    findings.first { $0.check == check }?.verdict
  }

  @Test("Counted events and a covered window are ok")
  func healthy() throws {
    let found = try Self.findings(Self.events(3, of: 1200))
    #expect(
      found.map(\.verdict) == [
        .ok("1200 events, 3 bad in 1h."), .ok("There is data for all of the SLO window (30d)."),
      ])
    #expect(found.first?.subject.name == "slo checkout/availability")
  }

  @Test("A total without series asks whether the metric is there")
  func absent() throws {
    let found = try Self.findings(Self.events(nil, of: nil), covered: 0)
    #expect(found.count == 1)
    #expect(found.first?.verdict.status == .error)
    #expect(
      found.first?.verdict.found
        == "No series in 1h, nor in all of the SLO window (30d). Is the metric there?")
    #expect(found.first?.verdict.advice?.hasPrefix("Ask the source for \"") == true)
  }

  @Test("Data that stopped, and traffic that is zero, are told from a missing metric")
  func silence() throws {
    let ceased = try Self.findings(Self.events(nil, of: nil), covered: Self.month / 2)
    #expect(Self.verdict("expressions", ceased)?.status == .warning)
    #expect(
      Self.verdict("expressions", ceased)?.found
        == "No series in 1h, though there was data earlier.")
    #expect(
      Self.verdict("expressions", try Self.findings(Self.events(0, of: 0)))
        == .ok("The metric is there, and had no events in 1h."))
  }

  @Test("A threshold that is no bucket names the nearest")
  func wrongBucket() throws {
    let found = try Self.findings(
      Self.events(nil, of: 100, nearest: ["0.1", "0.3"]), sli: try Self.latency())
    #expect(
      Self.verdict("expressions", found)
        == .error(
          "h has no bucket le=\"0.25\"; the nearest are 0.1 and 0.3.",
          "Set the threshold to a bucket's bound, or add that bucket."))
  }

  @Test("No good events beside a total is a warning, no bad events is not")
  func absentNumerators() throws {
    let good = SLI.events(numerator: .good("g"), total: "t")
    let allBad = Self.verdict("expressions", try Self.findings(Self.events(nil, of: 50), sli: good))
    #expect(allBad?.status == .warning)
    #expect(allBad?.found == "50 events, 50 bad in 1h: the good expression gives nothing.")
    #expect(
      Self.verdict("expressions", try Self.findings(Self.events(nil, of: 50)))
        == .ok("50 events, 0 bad in 1h."))
  }

  @Test("A ratio outside 0 to 1 and a refusal are errors in their own words")
  func errors() throws {
    let invalid = Self.verdict("expressions", try Self.findings(Self.events(300, of: 100)))
    #expect(invalid?.status == .error)
    #expect(invalid?.found == "The error ratio is 3.0, outside 0 to 1.")
    let several = "\"rate(x)\" gives 2 series where one number is needed; aggregate with sum()"
    let rejected = try Self.findings(.failure(.rejected(several)), covered: nil)
    #expect(rejected.map(\.verdict.found) == ["\(several)."])
    #expect(rejected.first?.verdict.status == .error)
  }

  @Test("A bare ratio works and is a warning for what it hides")
  func bareRatio() throws {
    let found = try Self.findings(
      .errorRatio(0.002, total: nil), sli: .goodRatio("job:good:ratio"))
    #expect(
      Self.verdict("expressions", found) == .ok("An error ratio of 0.2000 % in 1h."))
    #expect(Self.verdict("form", found)?.status == .warning)
  }

  @Test("Less than 95 % of the window is a warning with both lengths")
  func coverage() throws {
    let half = try Self.findings(Self.events(0, of: 1), covered: Self.month / 2)
    #expect(
      Self.verdict("coverage", half)?.found
        == "There is data for 15 d of the 30 d of the SLO window (30d).")
    #expect(Self.verdict("coverage", half)?.status == .warning)
    let most = try Self.findings(Self.events(0, of: 1), covered: Self.month * 0.95)
    #expect(Self.verdict("coverage", most)?.status == .ok)
  }

  @Test("The source's own warnings stand beside the figures")
  func warnings() throws {
    let found = try Self.findings(Self.events(0, of: 1), warnings: ["store a is down"])
    #expect(Self.verdict("warnings", found)?.found == "The source warns: store a is down")
  }

  @Test("Without an answer of the source nothing was tried; without time the wait is named")
  func unasked() throws {
    let trial = Trial(of: try SLO.sample(), at: Self.now)
    func verdict(_ facts: SourceFacts) -> Verdict? {
      TrialCheck(trial: trial, facts: facts, wait: .seconds(3)).findings.first?.verdict
    }
    let gone = SourceFacts(contact: .failure(.unreachable(reason: "x")))
    #expect(verdict(gone) == .skipped("Its source does not answer."))
    let contact = PrometheusProbe.Contact(latency: .zero, skew: nil)
    let slow = verdict(SourceFacts(contact: .success(contact)))
    #expect(slow?.status == .error)
    #expect(slow?.found == "No answer within 3 s.")
  }

  @Test("A calendar window is looked at as far as it has come; rules are asked only on demand")
  func trials() throws {
    let month = try ObjectiveWindow.calendarSample(.month)
    let trial = Trial(of: try SLO.sample(window: month), at: Self.now)
    #expect(trial.lookback.seconds == 20 * 86_400 + 14 * 3600 + 3 * 60 + 22)
    #expect(trial.rawSLO.route.preference == .query)
    #expect(trial.rawSLO.sli == trial.slo.sli)
  }
}
