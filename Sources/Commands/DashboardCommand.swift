import ArgumentParser
import Dashboard
import Definitions
import Operations
import Reliability

/// `burnwatch`: the dashboard on the operator's configuration.
struct DashboardCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "dashboard",
    abstract: "Open the dashboard (the default).",
    discussion: """
      The configuration is the first that there is of --config, $BURNWATCH_CONFIG,
      $XDG_CONFIG_HOME/burnwatch/config.yaml and /etc/burnwatch/config.yaml.
      """)

  @OptionGroup var file: ConfigurationOption
  @OptionGroup var look: LookOptions
  @OptionGroup var headless: HeadlessOptions

  mutating func run() throws {
    let surroundings = Surroundings.current
    let themes = surroundings.themes
    let configured = try Configured.load(
      option: file.config, surroundings: surroundings, themes: themes)
    try configured.requireUsable()
    let theme = try look.themeName(configured.configuration.theme, in: themes)
    let isASCIIOnly = look.ascii || configured.configuration.interface.isASCIIOnly
    let environment = surroundings.environment
    let notice = Self.notice(configured)
    let makeSession = { (clock: any WallClock, publish: @escaping @Sendable (Snapshot) -> Void) in
      Session(
        configured.configuration, named: configured.path, clock: clock,
        sources: { LiveSources.prometheus($0, $1, environment: environment) }, publish: publish)
    }
    if headless.headless {
      try headless.run(
        themes: themes, themeName: theme, isASCIIOnly: isASCIIOnly,
        makeSession: { makeSession($0, { _ in }) })
      return
    }
    let live = LiveRun(
      surroundings: surroundings, themes: themes, themeName: theme, isASCIIOnly: isASCIIOnly,
      clock: SystemClock(), makeSession: { makeSession(SystemClock(), $0) }, notice: notice)
    try live.run()
  }

  private static func notice(_ configured: Configured) -> String? {
    guard !configured.errors.isEmpty else { return nil }
    let errors = Words.count(configured.errors.count, "error")
    return "\(errors) in the configuration; burnwatch check --config \(configured.path) lists them."
  }
}

/// Which configuration is read.
struct ConfigurationOption: ParsableArguments {
  @Option(name: .long, help: "The configuration file.")
  var config: String?
}

/// How the dashboard looks.
struct LookOptions: ParsableArguments {
  @Option(name: .long, help: "The theme; t goes through them.")
  var theme: String?

  @Flag(name: .long, help: "Draw with ASCII only.")
  var ascii = false

  /// The theme in use: the option's, the configuration's, or the usual one.
  func themeName(
    _ configured: String?, in themes: ThemeCatalog
  ) throws(CommandFailure) -> String {
    if let theme { try themes.require(theme, .usage) }
    if let configured, theme == nil { try themes.require(configured, .configuration) }
    return theme ?? configured ?? ThemeCatalog.defaultName
  }
}
