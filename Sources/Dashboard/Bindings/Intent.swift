/// Something the operator wants; what keys and commands stand for.
enum Intent: Hashable, Sendable {
  // Moving
  case move(Movement)
  case nextPane, previousPane
  // Places
  case open, back, goBack, goForward
  case go(Place)
  case help
  // What a list shows
  case filter, chooseSort, invertSort
  case setFilter(String)
  case sort(SortKey)
  // Alerts and silences
  case acknowledge, acknowledgeWithNote, undo, silence
  case mark, markRange, clearMarks
  case nextGrouping, toggleScope, toggleExpired, copy
  case groupBy([String])
  case useAlertFilter(String)
  case sortAlerts(AlertsPane.Order)
  // Runbooks
  case openRunbook, runStep, dryRun, checkStepWithNote, skipStep, cancelStep, rollBack, startOver
  case openLink, exportRun
  // Who is on call
  case earlier, later, lessTime, moreTime, today, nextTeam, previousTeam, writeHandOff
  // The screen
  case zoom, toggleGlyphs, nextTheme, toggleMouse, toggleFigures, repaint
  case useTheme(String)
  // The program
  case pollNow, commandLine, quit, leave, suspend
}

/// A step of the selection in a list.
enum Movement: Hashable, Sendable {
  case down, up, pageDown, pageUp, halfPageDown, halfPageUp, toStart, toEnd
}

/// What service levels can be sorted by.
enum SortKey: String, CaseIterable, Hashable, Sendable {
  case worst, service, left, burn

  /// The words of the sort menu.
  var title: String {
    switch self {
    case .worst: "worst first"
    case .service: "service and name"
    case .left: "least budget left"
    case .burn: "fastest burn over 1h"
    }
  }
}
