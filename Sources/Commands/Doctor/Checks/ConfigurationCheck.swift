import Definitions
import Reliability

/// Sums up what the loader said of the configuration.
struct ConfigurationCheck {
  /// How many diagnostics are quoted; `burnwatch check` lists all.
  private static let quoted = 3

  let path: String
  let loaded: LoadedConfiguration

  var findings: [Finding] {
    let quoted = errorsFirst.prefix(Self.quoted).map(DiagnosticObservation.init)
    return [Finding(.configuration, whole)] + quoted.map { Finding(.configuration, $0) }
      + missing.map { Finding(.configuration, $0) }
  }

  private var errorsFirst: [Diagnostic] {
    loaded.diagnostics.filter { $0.severity == .error }
      + loaded.diagnostics.filter { $0.severity == .warning }
  }

  private var whole: ConfigurationObservation {
    guard let configuration = loaded.configuration else { return .unreadable(path) }
    guard !loaded.diagnostics.isEmpty else {
      return .sound(
        path: path, slos: configuration.slos.count, sources: configuration.sources.count,
        files: loaded.files.count)
    }
    let errors = loaded.diagnostics.count { $0.severity == .error }
    return .faulty(path: path, errors: errors, warnings: loaded.diagnostics.count - errors)
  }

  private var missing: [ContentObservation] {
    guard let configuration = loaded.configuration else { return [] }
    let hasSource = configuration.sources.contains { $0.kind == .prometheus }
    return (hasSource ? [] : [.noMetricSource]) + (configuration.slos.isEmpty ? [.noSLO] : [])
  }
}
