import ArgumentParser
import Dashboard
import Definitions
import Logging
import Operations
import Reliability

/// `burnwatch`: the dashboard on the operator's configuration.
struct DashboardCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "dashboard",
    abstract: "Open the dashboard (the default).",
    discussion: """
      The configuration is the first that there is of --config, $BURNWATCH_CONFIG, \
      $XDG_CONFIG_HOME/burnwatch/config.yaml and /etc/burnwatch/config.yaml.
      """)

  @OptionGroup var file: ConfigurationOption
  @OptionGroup var readOnly: ReadOnlyOption
  @OptionGroup var look: LookOptions
  @OptionGroup var headless: HeadlessOptions

  mutating func run() throws {
    let surroundings = Surroundings.current
    let option = file.config
    let isReadOnly = readOnly.readOnly
    let read = { @Sendable in Reloader.Reading(option: option, surroundings: surroundings) }
    let first = read()
    guard let configured = first.configured else {
      throw CommandFailure(first.problems.joined(separator: "\n"), .configuration)
    }
    try configured.requireUsable()
    let theme = try look.themeName(configured.configuration.theme, in: first.themes)
    let isASCIIOnly = look.ascii || configured.configuration.interface.isASCIIOnly
    let settings = { canShowUnicode in
      Dashboard.Settings(
        configured.configuration, named: configured.path, themes: first.themes.names,
        canShowUnicode: canShowUnicode, isReadOnly: isReadOnly, surroundings: surroundings)
    }
    let journal = AlertParts.journal(configured.configuration, surroundings)
    let runbooks = RunbookParts.live(
      configured.configuration, store: journal, isReadOnly: isReadOnly,
      surroundings: surroundings)
    if headless.headless {
      let session = { (clock: any WallClock) in
        Session.live(
          configured.configuration, journal: journal, isReadOnly: isReadOnly,
          surroundings: surroundings, clock: clock)
      }
      try headless.run(
        settings: settings(!isASCIIOnly), themeName: theme, isASCIIOnly: isASCIIOnly,
        makeSession: session, configuration: configured.configuration,
        runbooks: { _ in runbooks })
      return
    }
    let maker = { @Sendable (configured: Configured) -> LiveEngine.Maker in
      { known, publish in
        Session.live(
          configured.configuration, journal: journal, isReadOnly: isReadOnly,
          surroundings: surroundings, inheriting: known, publish: publish)
      }
    }
    let live = LiveRun(
      surroundings: surroundings, themes: first.themes, themeName: theme, isASCIIOnly: isASCIIOnly,
      isReadOnly: isReadOnly, clock: SystemClock(), maker: maker(configured), settings: settings,
      log: try look.snapshotLog(),
      reloading: LiveRun.Reloading(first: first, read: read, maker: maker),
      keeper: KnowledgeKeeper(
        journal: journal, slos: configured.configuration.slos, clock: SystemClock()),
      runbooks: (runbooks, configured.configuration), handOffs: surroundings.handOffFolder)
    try live.run()
  }
}

/// Which configuration is read.
struct ConfigurationOption: ParsableArguments {
  @Option(name: .long, help: "The configuration file.")
  var config: String?
}

/// Whether anything outside may be changed.
struct ReadOnlyOption: ParsableArguments {
  @Flag(name: .long, help: "Change nothing outside: no acknowledgement, no silence.")
  var readOnly = false
}

/// How the dashboard looks.
struct LookOptions: ParsableArguments {
  @Option(name: .long, help: "The theme; t goes through them.")
  var theme: String?

  @Flag(name: .long, help: "Draw with ASCII only.")
  var ascii = false

  @Option(name: .long, help: "Write down what changes into this file.")
  var log: String?

  /// The log that --log asks for.
  ///
  /// - Throws: `CommandFailure` when the file cannot be written.
  func snapshotLog() throws(CommandFailure) -> SnapshotLog? {
    guard let log else { return nil }
    return SnapshotLog(Logger(to: try LogFile(path: log, clock: SystemClock())))
  }

  /// The theme in use: the option's, the configuration's, or the usual one.
  func themeName(
    _ configured: String?, in themes: ThemeCatalog
  ) throws(CommandFailure) -> String {
    if let theme { try themes.require(theme, .usage) }
    if let configured, theme == nil { try themes.require(configured, .configuration) }
    return theme ?? configured ?? ThemeCatalog.defaultName
  }
}
