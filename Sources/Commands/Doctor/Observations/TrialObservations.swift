// What is seen when an SLO's expressions are tried.

import Connectors
import Dashboard
import Reliability

/// What the expressions gave over the trial window.
enum TrialObservation: Observation {
  case events(EventShare)
  case ratio(EventShare)
  /// No series of good events beside a total, so that everything counts as bad.
  case allBad(EventShare)
  /// The total is zero: its series is there.
  case quiet
  /// The total is empty, and so it is over the whole SLO window.
  case absent(expression: String, window: String)
  /// The total is empty, and was not always in the SLO window.
  case ceased(expression: String)
  case wrongBucket(String)
  case invalid(String)
  case failed(ReadingFailure)
  case unasked
  case late(Duration)

  /// The window that is tried.
  static let window = Window.hours(1)

  var check: String { "expressions" }

  var verdict: Verdict {
    let window = TrialObservation.window
    switch self {
    case .events(let share):
      return .ok("\(counts(share)) in \(window).\(remark(share))")
    case .ratio(let share):
      return .ok("An error ratio of \(Numerals.share(share.errorRatio)) in \(window).")
    case .allBad(let share):
      return .warning(
        "\(counts(share)) in \(window): the good expression gives nothing.",
        "Unless this is an outage, check its metric name and matchers.")
    case .quiet: return .ok("The metric is there, and had no events in \(window).")
    case .absent(let expression, let whole):
      return .error(
        "No series in \(window), nor in all of the SLO window (\(whole)). Is the metric there?",
        "Ask the source for \(Excerpt(expression)); check metric name, labels and the scrape.")
    case .ceased(let expression):
      return .warning(
        "No series in \(window), though there was data earlier.",
        "Has the service or its scrape stopped? Ask the source for \(Excerpt(expression)).")
    case .wrongBucket(let reason):
      return .error(
        Sentences.stopped(reason), "Set the threshold to a bucket's bound, or add that bucket.")
    case .invalid(let reason):
      return .error(
        Sentences.sentence(reason), "Check that the numerator counts a part of the total's events.")
    case .failed(.rejected(let message)):
      return .error(Sentences.stopped(message), "Correct the SLO's sli.")
    case .failed(.unavailable(let message)):
      return .error(
        Sentences.sentence(message), "Ask for it alone, to see what is slow or refused.")
    case .unasked: return .skipped("Its source does not answer.")
    case .late(let limit):
      return .error(
        "No answer within \(Sentences.seconds(limit)).",
        "Raise --wait, or ask less: rules: or fewer series.")
    }
  }

  private func counts(_ share: EventShare) -> String {
    "\(Numerals.count(share.total ?? 0)) events, \(Numerals.count(share.bad ?? 0)) bad"
  }

  private func remark(_ share: EventShare) -> String {
    share.note.map { " \(Sentences.sentence($0))" } ?? ""
  }
}

/// What a source says beside its answer.
struct WarningObservation: Observation {
  let warnings: [String]

  var check: String { "warnings" }

  var verdict: Verdict {
    .warning(
      "The source warns: \(Excerpt(warnings.joined(separator: " | "), limit: 400).bare)",
      "Its figures may be incomplete.")
  }
}

/// How the indicator is written.
enum FormObservation: Observation {
  case bareRatio

  var check: String { "form" }

  var verdict: Verdict {
    .warning(
      "The sli is a ratio of good events: without traffic and in a total outage it is empty alike, "
        + "and no event is counted.", "Write sli: {events: {bad: ..., total: ...}} instead.")
  }
}

/// How much of the SLO window there is data for.
enum CoverageObservation: Observation {
  case whole(window: String)
  case part(seconds: Double, expected: Double, window: String)
  case unknown(String)

  var check: String { "coverage" }

  var verdict: Verdict {
    switch self {
    case .whole(let window): .ok("There is data for all of the SLO window (\(window)).")
    case .part(let seconds, let expected, let window):
      .warning(
        "There is data for \(Words.length(hours: seconds / 3600)) "
          + "of the \(Words.length(hours: expected / 3600)) of the SLO window (\(window)).",
        "The budget is judged on what there is. A new service grows into its window; "
          + "otherwise see retention and gaps in the scrape.")
    case .unknown(let reason):
      .warning(
        "How much of the SLO window has data could not be told: \(Sentences.stopped(reason))",
        "Long windows are the heaviest questions; a recording rule for the total makes them light.")
    }
  }
}
