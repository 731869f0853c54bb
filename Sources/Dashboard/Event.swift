package import Reliability
package import Screen

/// Something that happened, told to the dashboard by the program loop.
package enum Event: Sendable {
  /// A key, a paste, a new size, a signal.
  case input(InputEvent)
  /// The engine evaluated anew.
  case snapshotArrived(Snapshot)
  /// Time passed; the clock and ages may show differently.
  case timePassed
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
  case useTheme(String)
}
