import Foundation
import Reliability
import TestSupport
import Testing

// The worked figures of a neutral party, in a folder beside the repository. They are not part of it, so
// a clone without them skips this suite and says so.

@Suite(
  "Golden vectors of the arithmetic",
  .enabled(if: GoldenVectors.file != nil, "shared/contracts/golden/slo-math.json is not here"))
struct GoldenVectorTests {
  private let vectors: GoldenVectors

  init() throws {
    vectors = try GoldenVectors.read()
  }

  @Test("Burn rates for a share of the budget, but never below 1")
  func factors() {
    for period in vectors.burnRates {
      let found = BurnCondition.standard(for: .days(period.periodDays))
      #expect(found.count == period.rows.count)
      for (condition, row) in zip(found, period.rows) {
        #expect(condition.long == .hours(row.longHours))
        #expect(abs(condition.factor.doubleValue - max(row.factor, 1)) < 1e-12)
      }
    }
  }

  @Test("Budgets in minutes")
  func minutes() throws {
    for vector in vectors.minutes {
      let budget = Budget(
        rolling: .sample(bad: 0, of: 1), objective: try .sample("\(vector.target)"),
        window: .days(vector.periodDays))
      #expect(abs(budget.minutes - vector.minutes) < 1e-9)
    }
  }

  @Test("The highest burn rate there can be, and whether 14.4 can be exceeded")
  func highestBurnRate() throws {
    for vector in vectors.highest {
      let objective = try Objective.sample("\(vector.target)")
      let condition = BurnCondition(
        severity: .page, factor: try .sample("14.4"), long: .hours(1), short: .minutes(5))
      #expect(abs(objective.burnRate(errorRatio: 1) - vector.max) < 1e-9)
      #expect(condition.isReachable(with: objective) == vector.canFire)
    }
  }

  @Test("What one bad event burns at low traffic")
  func oneFailure() throws {
    for vector in vectors.oneFailure {
      let objective = try Objective.sample("\(vector.target)")
      let burn = objective.burnRate(errorRatio: 1 / vector.events)
      #expect(abs(burn - vector.burn) < 1e-9)
    }
  }

  @Test("Real lengths of calendar months")
  func months() throws {
    for vector in vectors.months {
      let month = try #require(CalendarPeriod(.month, timeZone: vector.zone))
        .interval(containing: try .sample("\(vector.month)-15T12:00:00Z"))
      #expect((month.upperBound - month.lowerBound).inSeconds == vector.minutes * 60)
    }
  }

  @Test("Budgets of counted events")
  func occurrences() throws {
    for vector in vectors.occurrences {
      let answer = Reading.Answer.events(
        numerator: vector.good, total: vector.total, nearestBuckets: [])
      guard case .measured(let share) = Measurement(answer, of: .goodEventsSample) else {
        #expect(vector.remaining == nil)
        continue
      }
      let budget = Budget(
        rolling: share, objective: try .sample("\(vector.target)"), window: .days(30))
      #expect(budget.remaining == vector.remaining)
      #expect(budget.consumed == vector.consumed)
      if let allowed = vector.allowed { #expect(budget.allowedBad == allowed) }
    }
  }

  /// These lines run to the end of a fixed period; a rolling budget is different at a burn rate of 1.
  @Test("Days until the budget is spent")
  func exhaustion() throws {
    for vector in vectors.exhaustion {
      let length = Duration.seconds(vector.periodDays * 86_400)
      let forecast = Forecast(
        calendarRemaining: vector.remaining, period: .epoch..<(.epoch + length), now: .epoch,
        burnRate: vector.burn, basis: Forecast.trend)
      #expect(forecast.hoursToExhaustion == vector.days.map { $0 * 24 })
    }
  }
}

/// The file's shape, as far as it concerns counted events.
private struct GoldenVectors: Decodable {
  struct Period: Decodable {
    struct Row: Decodable {
      let longHours: Int
      let factor: Double
    }
    let periodDays: Int
    let rows: [Row]
  }
  struct Minutes: Decodable {
    let periodDays: Int
    let target: Double
    let minutes: Double
  }
  struct Highest: Decodable {
    let target: Double
    let max: Double
    let canFire: Bool

    enum CodingKeys: String, CodingKey {
      case target, max
      case canFire = "can144Fire"
    }
  }
  struct OneFailure: Decodable {
    let events: Double
    let target: Double
    let burn: Double

    enum CodingKeys: String, CodingKey {
      case events = "eventsInWindow"
      case target, burn
    }
  }
  struct Month: Decodable {
    let zone: String
    let month: String
    let minutes: Double
  }
  struct Occurrence: Decodable {
    let good: Double
    let total: Double
    let target: Double
    let allowed: Double?
    let consumed: Double?
    let remaining: Double?

    enum CodingKeys: String, CodingKey {
      case good, total, target
      case allowed = "budgetEvents"
      case consumed = "consumedRatio"
      case remaining = "remainingRatio"
    }
  }
  struct Exhaustion: Decodable {
    let remaining: Double
    let burn: Double
    let periodDays: Int
    let days: Double?

    enum CodingKeys: String, CodingKey {
      case remaining = "remainingRatio"
      case days = "daysToZero"
      case burn, periodDays
    }
  }

  let burnRates: [Period]
  let minutes: [Minutes]
  let highest: [Highest]
  let oneFailure: [OneFailure]
  let months: [Month]
  let occurrences: [Occurrence]
  let exhaustion: [Exhaustion]

  enum CodingKeys: String, CodingKey {
    case burnRates = "burnRateForBudgetShare"
    case minutes = "budgetMinutes"
    case highest = "maxBurnRate"
    case oneFailure = "lowTrafficOneFailure"
    case months = "calendarMinutes"
    case occurrences, exhaustion
  }

  /// The file, looked for beside every folder above this one.
  static var file: URL? {
    let name = "shared/contracts/golden/slo-math.json"
    var folder = URL(filePath: #filePath)
    while folder.pathComponents.count > 1 {
      folder.deleteLastPathComponent()
      let candidate = folder.appending(path: name)
      if FileManager.default.fileExists(atPath: candidate.path) { return candidate }
    }
    return nil
  }

  static func read() throws -> GoldenVectors {
    let decoder = JSONDecoder()
    decoder.keyDecodingStrategy = .convertFromSnakeCase
    return try decoder.decode(
      GoldenVectors.self, from: Data(contentsOf: try #require(file)))
  }
}
