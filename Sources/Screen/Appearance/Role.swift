/// What a cell means; a theme gives each meaning its look.
///
/// The order is the order of the roles in documents and tables.
package enum Role: UInt8, CaseIterable, Hashable, Sendable {
  /// Ordinary text, and every blank cell.
  case text
  /// Text of less weight: units, hints, separators.
  case dim
  /// The title of a pane.
  case title
  /// The head of a table column.
  case heading
  /// The border of a pane.
  case border
  /// The border of the pane that has the keys.
  case borderFocused

  /// A service level well inside its budget.
  case healthy
  /// A service level that needs a look.
  case warning
  /// A service level about to run out of budget.
  case critical
  /// A service level whose error budget is spent.
  case exhausted
  /// A figure older than it should be.
  case stale
  /// A figure that has no data behind it.
  case noData
  /// A figure that could not be had.
  case failed

  /// An alert that pages.
  case page
  /// An alert that opens a ticket.
  case ticket
  /// An alert of neither kind.
  case info
  /// An alert that someone has acknowledged.
  case acknowledged
  /// An alert under a silence.
  case silenced

  /// The ends and the empty part of a gauge or bar.
  case gaugeTrack
  /// The tick of the objective on a gauge.
  case objectiveTick
  /// The marker of the last hour on a gauge.
  case lastHourMarker
  /// A burn rate below 1x.
  case burnLow
  /// A burn rate of 1x or more.
  case burnOver
  /// A burn rate above the page factor.
  case burnPage
  /// A sample that is not known.
  case unknownSample

  /// The blank part of the head and of the key bar.
  case statusBar
  /// Text in the head and in the status line.
  case statusText
  /// The name of a key in the key bar.
  case keyName
  /// What a key does.
  case keyLabel
  /// Text the operator types.
  case input
  /// Typed text that is wrong, and the sentence that says why.
  case inputError
  /// An address to open.
  case link
  /// The inside and border of a dialog.
  case dialog
  /// The title of a dialog.
  case dialogTitle
  /// A message about what has just happened.
  case notice
  /// The first of the people on call; the colors of people tell them apart and say nothing else.
  case personA
  /// The second person.
  case personB
  /// The third person.
  case personC
  /// The fourth person.
  case personD
  /// The fifth person.
  case personE
  /// The sixth person.
  case personF
  /// The look of highlighted cells; never drawn itself.
  case selection

  /// The kebab-case name, which is the key in a theme file.
  package var name: String { spelling.name }

  /// One unique letter, for role grids in snapshot files.
  package var letter: Character { spelling.letter }

  private var spelling: (name: String, letter: Character) {
    switch self {
    case .text: ("text", ".")
    case .dim: ("dim", "d")
    case .title: ("title", "T")
    case .heading: ("heading", "h")
    case .border: ("border", "b")
    case .borderFocused: ("border-focused", "B")
    case .healthy: ("healthy", "H")
    case .warning: ("warning", "W")
    case .critical: ("critical", "C")
    case .exhausted: ("exhausted", "X")
    case .stale: ("stale", "s")
    case .noData: ("no-data", "n")
    case .failed: ("failed", "F")
    case .page: ("page", "P")
    case .ticket: ("ticket", "Y")
    case .info: ("info", "i")
    case .acknowledged: ("acknowledged", "a")
    case .silenced: ("silenced", "z")
    case .gaugeTrack: ("gauge-track", "g")
    case .objectiveTick: ("objective-tick", "O")
    case .lastHourMarker: ("last-hour-marker", "M")
    case .burnLow: ("burn-low", "l")
    case .burnOver: ("burn-over", "o")
    case .burnPage: ("burn-page", "p")
    case .unknownSample: ("unknown-sample", "u")
    case .statusBar: ("status-bar", "S")
    case .statusText: ("status-text", "t")
    case .keyName: ("key-name", "k")
    case .keyLabel: ("key-label", "K")
    case .input: ("input", "I")
    case .inputError: ("input-error", "E")
    case .link: ("link", "L")
    case .dialog: ("dialog", "D")
    case .dialogTitle: ("dialog-title", "G")
    case .notice: ("notice", "N")
    case .personA: ("person-a", "1")
    case .personB: ("person-b", "2")
    case .personC: ("person-c", "3")
    case .personD: ("person-d", "4")
    case .personE: ("person-e", "5")
    case .personF: ("person-f", "6")
    case .selection: ("selection", "Q")
    }
  }

  /// Finds the role with this kebab-case name.
  package init?(name: String) {
    guard let role = Role.allCases.first(where: { $0.name == name }) else { return nil }
    self = role
  }
}
