package import Reliability
package import Screen

/// Something that happened, told to the dashboard by the program loop.
package enum Event: Sendable {
  /// A key, a paste, a new size, a signal.
  case input(InputEvent)
  /// The engine evaluated anew.
  case snapshotArrived(Snapshot)
  /// The engine put alerts together anew.
  case alertsArrived(AlertSnapshot)
  /// The past of an alert, or why there is none.
  case historyArrived(Alert.ID, Result<AlertHistory, ReadingFailure>)
  /// Something the operator wanted was not taken on; the sentence says why.
  case refused(String)
  /// A hand-off note was written to a place, a file.
  case handOffWritten(String, place: String)
  /// Who is on call, put together anew.
  case onCallArrived(OnCallSnapshot)
  /// Something changed in the runs of runbooks.
  case runsArrived(RunSnapshot)
  /// Time passed; the clock and ages may show differently.
  case timePassed
  /// The configuration was read again and is in use; problems are warnings, as lines of text.
  case reloaded(Dashboard.Settings, problems: [String])
  /// The configuration has problems, as lines of text; the note says what is in use all the same.
  case problemsFound([String], note: String)
  /// The program loop measured what drawing costs; told only while it is shown.
  case measured(FrameFigures)
  /// Something the operator should know, such as a terminal type that had to be replaced.
  case noticed(String)
}

/// Something the dashboard wants done, carried out by the program loop.
package enum Effect: Hashable, Sendable {
  /// What the operator or a signal asked for, in the words of the key map.
  case quit
  case suspend
  case repaint
  case pollNow
  /// Whether the terminal is to report the mouse.
  case useMouse(Bool)
  case useTheme(String)
  /// What is to be done outside, to be written down first.
  case submit([ActionRequest.Action])
  /// The past of an alert is wanted.
  case askHistory(Alert.ID)
  /// What is to be done with a runbook.
  case runbook(RunWish)
  /// A hand-off note of a team is to be written, with what the operator adds.
  case writeHandOff(team: String, words: String)
  /// A page is to be opened.
  case open(PreparedCommand)
  /// Text for the terminal's clipboard.
  case copy(String)
  case bell
  case title(String)
}
