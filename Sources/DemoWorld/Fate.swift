/// What happens to a simulated service, in terms of its own objective.
///
/// Errors are burn rates and budget shares rather than ratios, so that a fate looks the same on every
/// objective: an ordinary hour at a burn rate of 0.3 leaves 70 % of the budget, and incidents take theirs.
struct Fate: Sendable {
  let traffic: Traffic
  /// The mean burn rate while nothing goes wrong.
  let calmBurn: Double
  let incidents: [Incident]
  let telemetry: Telemetry
  /// How many hours before the demo's start the service saw its first request.
  let hoursInService: Int

  init(
    _ traffic: Traffic, calmBurn: Double, incidents: [Incident] = [],
    telemetry: Telemetry = .sound, hoursInService: Int = 400 * 24
  ) {
    self.traffic = traffic
    self.calmBurn = calmBurn
    self.incidents = incidents
    self.telemetry = telemetry
    self.hoursInService = hoursInService
  }
}

/// A time of trouble: errors rise, stay and fall.
struct Incident: Sendable {
  /// The minute it begins, counted from the demo's start; negative before it.
  let begins: Int
  /// Minutes until the errors are at their peak.
  let rises: Int
  /// Minutes at the peak.
  let holds: Int
  /// Minutes until the errors are gone.
  let falls: Int
  let strength: Strength

  /// How bad it is at its peak.
  enum Strength: Sendable {
    /// So many times the errors that the objective allows.
    case burn(Double)
    /// So bad that the whole incident spends this share of the SLO window's budget.
    case budget(Double)
  }

  init(begins: Int, rises: Int, holds: Int, falls: Int, _ strength: Strength) {
    self.begins = begins
    self.rises = rises
    self.holds = holds
    self.falls = falls
    self.strength = strength
  }

  /// The minutes it touches, counted from the demo's start.
  var minutes: Range<Int> { begins..<begins + rises + holds + falls }

  /// The share of the peak in a minute, 0...1.
  func intensity(inMinute minute: Int) -> Double {
    guard minutes.contains(minute) else { return 0 }
    let elapsed = Double(minute - minutes.lowerBound) + 0.5
    let left = Double(minutes.upperBound - minute) - 0.5
    return min(1, elapsed / Double(max(rises, 1)), left / Double(max(falls, 1)))
  }
}

/// How well the shop's monitoring sees a service.
enum Telemetry: Sendable {
  case sound
  /// Nothing reports the series.
  case silent
  /// Answers come with a warning that they may be incomplete.
  case partial(warning: String)
  /// The source refuses the expression.
  case refused(message: String)
  /// Good events are counted twice, so that their share is impossible.
  case doubled
  /// The source gives no answer from a minute on for some minutes, again and again.
  case interrupted(every: Int, from: Int, minutes: Int, message: String)
}
