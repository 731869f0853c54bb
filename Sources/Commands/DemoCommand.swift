import ArgumentParser
import Dashboard
import Definitions
import DemoWorld
import Journal
import Operations
import Reliability
import Resources

/// `burnwatch demo`: the dashboard on the simulated shop, with the configuration in sample-data/.
struct DemoCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "demo",
    abstract: "Open the dashboard on a fictional shop; no server needed.",
    discussion: """
      The shop runs on the files in sample-data/, which are inside the program. \
      A minute after the start checkout begins to burn its budget fast.

      Examples:
        burnwatch demo --speed 60           a minute passes in a second
        burnwatch demo --seed 7             another shop of the same kind
      """)

  @Option(name: .long, help: "The seed of the shop; the same seed gives the same figures.")
  var seed: UInt64 = 1

  @Option(name: .long, help: "How many seconds pass in one, 0.1 to 3600.")
  var speed = 1.0

  @OptionGroup var readOnly: ReadOnlyOption
  @OptionGroup var look: LookOptions
  @OptionGroup var headless: HeadlessOptions

  mutating func validate() throws {
    guard (0.1...3600).contains(speed) else {
      throw ValidationError("--speed \(speed) is out of range; choose 0.1 to 3600.")
    }
  }

  mutating func run() throws {
    let surroundings = Surroundings.current
    let themes = surroundings.themes
    let root = "\(EmbeddedFiles.root)/config.yaml"
    let loaded = surroundings.loader(
      files: EmbeddedFiles(Resources.sampleData), themes: themes.names
    ).load(configurationAt: root)
    guard let shop = loaded.configuration else {
      let lines = loaded.diagnostics.map(\.description)
      throw CommandFailure(lines.joined(separator: "\n"), .configuration)
    }
    let theme = try look.themeName(shop.theme, in: themes)
    let seed = seed
    let isReadOnly = readOnly.readOnly
    let repairs = DemoRepairs()
    let begin = headless.headless ? try headless.start() : SystemClock().now
    let past = { @Sendable in Self.past(of: shop, before: begin) }
    let journal = MemoryJournal(firings: headless.headless ? past() : [])
    let runbooks = { (clock: any WallClock) in
      RunbookParts.demo(
        shop, store: journal, repairs: repairs, clock: clock, isReadOnly: isReadOnly,
        surroundings: surroundings)
    }
    let session = {
      @Sendable (clock: any WallClock, publish: @escaping @Sendable (Session.News) -> Void) in
      let start = clock.now
      return Session(
        shop, clock: clock,
        sources: { DemoWorld(name: $0.name, slos: $1, seed: seed, start: start, repairs: repairs) },
        alertParts: .demo(
          shop, start: start, clock: clock, journal: journal, repairs: repairs,
          isReadOnly: isReadOnly, surroundings: surroundings),
        publish: publish)
    }
    let settings = { canShowUnicode in
      Dashboard.Settings(
        shop, named: root, title: "demo shop", themes: themes.names, canShowUnicode: canShowUnicode,
        isReadOnly: isReadOnly, surroundings: surroundings, runningIn: RunbookParts.demoDirectory)
    }
    if headless.headless {
      try headless.run(
        settings: settings(!look.ascii), themeName: theme, isASCIIOnly: look.ascii,
        makeSession: { session($0, { _ in }) }, configuration: shop, runbooks: runbooks,
        isDemo: true)
      return
    }
    // Time zones take a while, for which the first frame does not wait.
    Task.detached { try? await journal.keep(past(), dropping: []) }
    let clock = ScaledClock(SystemClock(), startingAt: begin, speed: speed)
    let live = LiveRun(
      surroundings: surroundings, themes: themes, themeName: theme, isASCIIOnly: look.ascii,
      isReadOnly: isReadOnly, clock: clock, maker: { _, publish in session(clock, publish) },
      settings: settings,
      log: try look.snapshotLog(),
      reloading: nil, keeper: nil, runbooks: (runbooks(clock), shop), handOffs: .temporary)
    try live.run()
  }

  /// The pages of the weeks before, of whoever was on call by the shop's rotation.
  private static func past(of shop: Configuration, before start: Timestamp) -> [Firing] {
    let calculator = shop.onCall.rotations.first.map { RotationCalculator($0) }
    return DemoPast.firings(before: start) { calculator?.shifts(at: $0).first?.person }
  }
}
