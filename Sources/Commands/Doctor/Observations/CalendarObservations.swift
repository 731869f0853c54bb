import Dashboard
import Reliability

/// What a calendar says of the coming weeks.
enum CalendarObservation: Observation {
  case read(shifts: Int, until: Timestamp?, problems: [String])
  case failed(String)
  case silent(Duration)

  var check: String { "answer" }

  var verdict: Verdict {
    switch self {
    case .read(_, _, let problems) where !problems.isEmpty:
      .warning(
        "\(Words.count(problems.count, "event")) left out: "
          + problems.prefix(2).joined(separator: " "),
        "Correct them in the calendar, or nobody is on call then.")
    case .read(_, nil, _):
      .warning(
        "It can be read, and has no shift in the coming eight weeks.",
        "Is it the right calendar? An old address answers as well.")
    case .read(let shifts, let until?, _):
      .ok(
        "Can be read: \(Words.count(shifts, "shift")) in the coming eight weeks, the last until "
          + "\(until.dateAndTime) UTC.")
    case .failed(let message):
      .error(
        Sentences.sentence(message),
        "Check the address or file; until then what it said last is shown.")
    case .silent(let limit):
      .error(
        "No answer within \(Sentences.seconds(limit)).",
        "Is the server up? Raise --wait if it is only slow.")
    }
  }
}
