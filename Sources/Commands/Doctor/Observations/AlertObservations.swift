// What is seen of sources of alerts, and of the journal that keeps what is done about them.

import Reliability

/// Whether a source of alerts answers.
enum AlertSourceObservation: Observation {
  case answered(alerts: Int, silences: Int, Duration, remarks: [String])
  case failed(String)
  case silent(Duration)

  var check: String { "answer" }

  var verdict: Verdict {
    switch self {
    case .answered(let alerts, let silences, let latency, let remarks) where remarks.isEmpty:
      .ok(
        "Answers in \(latency.milliseconds) ms: \(alerts) alerts, \(silences) silences in force.")
    case .answered(let alerts, _, _, let remarks):
      .warning(
        "Answers with \(alerts) alerts, but that may not be all: "
          + Sentences.stopped(remarks.joined(separator: "; ")),
        "Look at the members that are named; alerts are told to each of them apart.")
    case .failed(let message):
      .error(
        Sentences.sentence(message),
        "Check url, credentials and the way to it; nothing is called quiet without it.")
    case .silent(let limit):
      .error(
        "No answer within \(Sentences.seconds(limit)).",
        "Is the server up? Raise --wait if it is only slow.")
    }
  }
}

/// Whether what the operator does can be written down.
enum JournalObservation: Observation {
  case usable(String, waiting: Int)
  case unusable(JournalError)
  case homeless

  var check: String { "journal" }

  var verdict: Verdict {
    switch self {
    case .usable(let path, 0): .ok("\(path) can be written; nothing waits in it.")
    case .usable(let path, let waiting):
      .warning(
        "\(path) can be written; \(waiting) requests in it are not delivered.",
        "They are sent while burnwatch runs and their source answers.")
    case .unusable(let error):
      .error(
        Sentences.sentence("\(error)"),
        "Until then nothing can be acknowledged or silenced; watching goes on.")
    case .homeless:
      .error(
        "There is no place for a journal: neither journal, XDG_STATE_HOME nor HOME is set.",
        "Set journal: in the configuration.")
    }
  }
}
