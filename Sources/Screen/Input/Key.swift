/// A key the operator pressed.
package enum Key: Hashable, Sendable {
  /// A printable character, space included.
  case character(Character)
  /// A character with Ctrl held; letters are lower case.
  case control(Character)
  /// A character with Alt held, or typed within the escape time-out after Esc.
  case alt(Character)
  /// Enter.
  case enter
  /// Esc, alone.
  case escape
  /// Tab.
  case tab
  /// Shift and Tab.
  case backTab
  /// Backspace.
  case backspace
  /// Delete.
  case delete
  /// Insert.
  case insert
  /// Arrow up.
  case up
  /// Arrow down.
  case down
  /// Arrow left.
  case left
  /// Arrow right.
  case right
  /// Home.
  case home
  /// End.
  case end
  /// Page up.
  case pageUp
  /// Page down.
  case pageDown
  /// A function key, 1 for F1.
  case function(Int)
}

/// Something that reaches the program from the terminal.
package enum InputEvent: Hashable, Sendable {
  /// A key was pressed.
  case key(Key)
  /// The mouse was used.
  case mouse(MouseEvent)
  /// Text was pasted, as received: it may hold anything, newlines and controls included.
  case paste(String)
  /// The terminal has a new size.
  case resized(Size)
  /// The program goes on after a suspension.
  case resumed
  /// The terminal is gone (SIGHUP, or the end of its input).
  case hangUp
  /// The program is asked to end (SIGTERM).
  case terminate
  /// SIGINT came from outside; Ctrl-C typed in the terminal is a key.
  case interrupt
  /// SIGQUIT came from outside.
  case quit
}
