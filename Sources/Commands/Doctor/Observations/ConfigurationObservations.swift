// What is seen of the configuration.

import Dashboard
import Definitions

/// The configuration as a whole.
enum ConfigurationObservation: Observation {
  case absent(String)
  case unreadable(String)
  case sound(path: String, slos: Int, sources: Int, files: Int)
  case faulty(path: String, errors: Int, warnings: Int)

  var check: String { "files" }

  var verdict: Verdict {
    switch self {
    case .absent(let reason): .error(reason, "The rest is checked without it.")
    case .unreadable(let path):
      .error("\(path) holds no configuration that can be used.", Self.next(path))
    case .sound(let path, let slos, let sources, let files):
      .ok(
        "\(path): \(Words.count(slos, "SLO")) and \(Words.count(sources, "source")) "
          + "in \(Words.count(files, "file")).")
    case .faulty(let path, let errors, let warnings):
      Verdict(
        status: errors > 0 ? .error : .warning,
        found: "\(path): \(Words.count(errors, "error")), \(Words.count(warnings, "warning")).",
        advice: Self.next(path))
    }
  }

  private static func next(_ path: String) -> String {
    "Run burnwatch check --config \(path), which lists all of it with what to write instead."
  }
}

/// One of the first diagnostics.
struct DiagnosticObservation: Observation {
  let diagnostic: Diagnostic

  var check: String { "diagnostic" }

  var verdict: Verdict {
    let status: Finding.Status =
      switch diagnostic.severity {
      case .error: .error
      case .warning: .warning
      }
    let place = diagnostic.place
    return Verdict(
      status: status, found: "\(place.file):\(place.line):\(place.column): \(diagnostic.message)",
      advice: diagnostic.hint)
  }
}

/// What is missing from a configuration without a mistake.
enum ContentObservation: Observation {
  case noSLO
  case noMetricSource

  var check: String { "content" }

  var verdict: Verdict {
    switch self {
    case .noSLO:
      .warning(
        "No SLO is defined, so there is nothing to watch.",
        "Add one under slos:, or include: files that hold some.")
    case .noMetricSource:
      .warning(
        "No source of type prometheus is defined, so there is nobody to ask.",
        "Add one under sources:.")
    }
  }
}
