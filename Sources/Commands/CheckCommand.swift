import ArgumentParser
import Dashboard
import Definitions

/// `burnwatch check`: validates files and says where what is wrong and what to write instead.
struct CheckCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "check",
    abstract: "Validate configuration, SLO and theme files.",
    discussion: """
      With files or directories each is validated for itself. Without, the \
      configuration and all it includes are. Exit code 1 when there are errors; \
      warnings alone give 0.

      Examples:
        burnwatch check
        burnwatch check slos/ theme.yaml --format json
      """)

  @OptionGroup var file: ConfigurationOption

  @Option(name: .long, help: "text or json.")
  var format = TextOrJSON.text

  @Argument(help: "Files or directories.")
  var paths: [String] = []

  mutating func run() throws {
    let diagnostics = try findings()
    switch format {
    case .json: try Console.write(json: .array(diagnostics.map(\.json)))
    case .text: try Console.write(diagnostics.flatMap(\.lines) + [summary(of: diagnostics)])
    }
    guard diagnostics.contains(where: { $0.severity == .error }) else { return }
    throw ExitCode(ExitStatus.findings.rawValue)
  }

  private func findings() throws -> [Diagnostic] {
    let surroundings = Surroundings.current
    let themes = surroundings.themes
    let loader = surroundings.loader(files: LocalFileSystem(), themes: themes.names)
    guard paths.isEmpty else { return loader.check(paths: paths) }
    let path = try surroundings.configurationPath(option: file.config)
    return loader.load(configurationAt: path).diagnostics + themes.diagnostics
  }

  private func summary(of diagnostics: [Diagnostic]) -> String {
    let errors = diagnostics.count { $0.severity == .error }
    let warnings = diagnostics.count - errors
    guard !diagnostics.isEmpty else { return "No problems found." }
    return "\(Words.count(errors, "error")), \(Words.count(warnings, "warning"))."
  }
}

extension Diagnostic {
  /// The finding as lines of text.
  var lines: [String] {
    description.split(separator: "\n").map(String.init)
  }

  fileprivate var json: JSON {
    .object([
      .init("file", .string(place.file)),
      .init("line", .number(Double(place.line))),
      .init("column", .number(Double(place.column))),
      .init("path", .string(place.path)),
      .init("severity", .string(severity.rawValue)),
      .init("message", .string(message)),
      .init("hint", .string(orNull: hint)),
    ])
  }
}
