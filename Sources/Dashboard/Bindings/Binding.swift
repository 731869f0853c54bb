import Screen

/// One row of the key map: help, key bar, palette and docs are made from this table.
struct Binding: Hashable, Sendable {
  let intent: Intent
  let keys: [Key]
  /// The word of the key bar and of the palette.
  let label: String
  /// What it does, for help.
  let help: String
  let section: Section
  /// The order in the key bar, lowest first; `nil` for keys that everybody knows.
  let keyBarOrder: Int?

  /// The headings of the help.
  enum Section: String, CaseIterable, Hashable, Sendable {
    case moving = "Moving"
    case places = "Places"
    case lists = "Lists"
    case alerts = "Alerts and silences"
    case runbooks = "Runbooks"
    case onCall = "On call"
    case screen = "Screen"
    case program = "Program"
  }

  init(
    _ intent: Intent, _ keys: [Key], _ label: String, _ help: String, _ section: Section,
    keyBar order: Int? = nil
  ) {
    self.intent = intent
    self.keys = keys
    self.label = label
    self.help = help
    self.section = section
    keyBarOrder = order
  }

  /// The key map.
  ///
  /// Each key stands for one intent everywhere; where that intent makes no sense now,
  /// the dashboard says why.
  static let all: [Binding] = [
    Binding(.move(.down), [.character("j"), .down], "down", "move down", .moving),
    Binding(.move(.up), [.character("k"), .up], "up", "move up", .moving),
    Binding(.move(.pageDown), [.pageDown], "page down", "move a page down", .moving),
    Binding(.move(.pageUp), [.pageUp], "page up", "move a page up", .moving),
    Binding(
      .move(.halfPageDown), [.control("d")], "half page down", "move half a page down", .moving),
    Binding(.move(.halfPageUp), [.control("u")], "half page up", "move half a page up", .moving),
    Binding(.move(.toStart), [.character("g"), .home], "first", "move to the first row", .moving),
    Binding(.move(.toEnd), [.character("G"), .end], "last", "move to the last row", .moving),
    Binding(.nextPane, [.tab], "pane", "go to the next pane", .moving, keyBar: 19),
    Binding(.previousPane, [.backTab], "previous pane", "go to the previous pane", .moving),

    Binding(
      .open, [.enter], "open",
      "open the selected row: a service, then why its figures are so, an alert, a runbook, a person",
      .places, keyBar: 10),
    Binding(
      .back, [.escape], "back", "close the innermost thing: input, filter, zoom, view", .places,
      keyBar: 20),
    Binding(.goBack, [.character("[")], "earlier place", "go to the place before", .places),
    Binding(.goForward, [.character("]")], "later place", "go forward again", .places),
    Binding(.go(.overview), [.character("1")], "overview", "go to the overview", .places),
    Binding(
      .go(.sources), [.character("2")], "sources", "go to the sources", .places, keyBar: 70),
    Binding(
      .go(.problems), [.character("3")], "problems", "go to the problems of the configuration",
      .places, keyBar: 75),
    Binding(.go(.alerts), [.character("4")], "alerts", "go to the alerts", .places, keyBar: 65),
    Binding(
      .go(.silences), [.character("5")], "silences", "go to the silences", .places, keyBar: 72),
    Binding(
      .go(.runbooks), [.character("6")], "runbooks", "go to the runbooks", .places, keyBar: 73),
    Binding(
      .go(.onCall), [.character("7")], "on call", "go to who is on call", .places, keyBar: 74),
    Binding(
      .help, [.character("?"), .function(1)], "help", "show these keys", .places, keyBar: 90),

    Binding(
      .filter, [.character("/")], "filter", "show only rows with these words; !word excludes",
      .lists, keyBar: 30),
    Binding(.chooseSort, [.character("S")], "sort", "choose the order of rows", .lists, keyBar: 40),
    Binding(.invertSort, [.character("I")], "invert order", "turn the order around", .lists),

    Binding(
      .acknowledge, [.character("a")], "ack",
      "acknowledge the marked alerts or the selected one; one that failed is tried again",
      .alerts, keyBar: 12),
    Binding(
      .undo, [.character("u")], "undo",
      "take an acknowledgement back; in the silences, expire the selected one", .alerts,
      keyBar: 14),
    Binding(
      .acknowledgeWithNote, [.character("A")], "ack with note", "acknowledge with a note", .alerts,
      keyBar: 52),
    Binding(
      .silence, [.character("s")], "silence",
      "silence alerts for a time; in the silences, extend or repeat the selected one", .alerts,
      keyBar: 16),
    Binding(
      .mark, [.character(" ")], "mark",
      "mark the alert, or all of the group, for the next action; in a runbook, check a step off",
      .alerts, keyBar: 32),
    Binding(.markRange, [.character("v")], "mark range", "mark while moving; again ends", .alerts),
    Binding(
      .clearMarks, [.character("U")], "clear marks", "take all marks away", .alerts, keyBar: 18),
    Binding(
      .nextGrouping, [.character("#")], "group",
      "group alerts by service, team, name, severity, or not", .alerts, keyBar: 42),
    Binding(
      .toggleScope, [.character("m")], "all teams", "leave or enter the configured scope", .alerts,
      keyBar: 44),
    Binding(
      .toggleExpired, [.character("e")], "expired", "show or hide expired silences", .alerts,
      keyBar: 45),
    Binding(
      .copy, [.character("y")], "copy",
      "copy a silence as an amtool command, an alert as matchers, a step's text", .alerts,
      keyBar: 46),

    Binding(
      .openRunbook, [.character("r")], "runbook",
      "open the runbook that belongs to the alert or SLO; in one, the next that belongs to it",
      .runbooks, keyBar: 17),
    Binding(
      .runStep, [.character("x")], "run", "run the selected step, after a question where it acts",
      .runbooks, keyBar: 11),
    Binding(
      .cancelStep, [.character("K")], "cancel", "end the running step and all it has started",
      .runbooks, keyBar: 13),
    Binding(
      .checkStepWithNote, [.character("n")], "done with note", "check the step off with a note",
      .runbooks, keyBar: 34),
    Binding(
      .skipStep, [.character("X")], "skip", "leave the step out, with a reason", .runbooks,
      keyBar: 15),
    Binding(
      .dryRun, [.character("d")], "dry run", "show what every step would run; nothing is run",
      .runbooks, keyBar: 36),
    Binding(
      .rollBack, [.character("b")], "roll back", "take back what was done, the last step first",
      .runbooks, keyBar: 16),
    Binding(
      .openLink, [.character("o")], "open link", "open the step's page with runbooks.open",
      .runbooks, keyBar: 38),
    Binding(
      .startOver, [.character("N")], "new run", "leave this run and begin another", .runbooks,
      keyBar: 47),
    Binding(
      .exportRun, [.character("E")], "export", "copy the run as Markdown", .runbooks, keyBar: 48),

    Binding(
      .earlier, [.character("h"), .left, .character("<")], "earlier",
      "move the timeline a day back", .onCall,
      keyBar: 25),
    Binding(
      .later, [.character("l"), .right, .character(">")], "later", "move the timeline a day ahead",
      .onCall,
      keyBar: 26),
    Binding(
      .lessTime, [.character("+")], "fewer weeks", "show less time, more of each day", .onCall,
      keyBar: 27),
    Binding(
      .moreTime, [.character("-")], "more weeks", "show more time, up to eight weeks", .onCall,
      keyBar: 28),
    Binding(.today, [.character("0")], "today", "come back to today", .onCall, keyBar: 22),
    Binding(
      .nextTeam, [.character(".")], "next team", "show the next team", .onCall, keyBar: 23),
    Binding(
      .previousTeam, [.character(",")], "previous team", "show the team before", .onCall),
    Binding(
      .writeHandOff, [.character("H")], "hand-off note",
      "write what the next person must know: the shift's alerts, what is open, budgets, runbooks",
      .onCall, keyBar: 24),

    Binding(
      .zoom, [.character("z")], "zoom", "give the pane the whole screen", .screen, keyBar: 50),
    Binding(
      .nextTheme, [.character("t")], "next theme", "change to the next theme", .screen),
    Binding(
      .toggleGlyphs, [.character("~")], "unicode/ascii", "switch between Unicode and ASCII", .screen
    ),
    Binding(.toggleMouse, [.character("M")], "mouse", "switch the mouse on or off", .screen),
    Binding(.repaint, [.control("l")], "repaint", "draw the whole screen anew", .screen),

    Binding(
      .pollNow, [.character("R")], "poll now",
      "read the configuration again and ask all sources now", .program, keyBar: 55),
    Binding(
      .commandLine, [.character(":"), .control("p")], "command", "type a command", .program,
      keyBar: 80),
    Binding(
      .quit, [.character("q")], "quit", "go back, at the top leave burnwatch", .program, keyBar: 100
    ),
    Binding(.leave, [.character("Q"), .control("c")], "leave", "leave burnwatch", .program),
    Binding(
      .suspend, [.control("z")], "suspend", "suspend burnwatch; fg in the shell resumes", .program),
  ]

  /// The intent of a key.
  static func intent(of key: Key) -> Intent? { byKey[key] }

  /// The names of the keys, as help and key bar write them.
  var keyNames: [String] { keys.map(\.name) }

  private static let byKey: [Key: Intent] = Dictionary(
    all.flatMap { binding in binding.keys.map { ($0, binding.intent) } },
    uniquingKeysWith: { first, _ in first })
}
