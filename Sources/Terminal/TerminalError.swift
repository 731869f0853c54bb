/// Why there is no full screen.
package enum TerminalError: Error, Hashable {
  /// Standard input or standard output is a file or a pipe.
  case notATerminal
  /// The terminal type is known, and it cannot move its cursor.
  case cannotPositionCursor(type: String)
  /// Neither the wanted type nor a common one has a description on this machine.
  case noTerminalDescription(type: String?)
  /// The terminal is in use by this program already.
  case alreadyOpen
  /// The system refused something; the text is the system's own.
  case system(reason: String)
}

/// Something about the terminal that does not stop the program and that the operator should know.
package enum TerminalNotice: Hashable, Sendable {
  /// The wanted terminal type is unknown here, or none was named.
  case typeReplaced(wanted: String?, used: String)
  /// The locale has characters in another encoding than UTF-8.
  case notUTF8
  /// The C library gives these characters another width than burnwatch; they are shown as `?`.
  case differentWidths([Unicode.Scalar])
}

// The one place that turns both into sentences.

extension TerminalError: CustomStringConvertible {
  /// What is wrong and what to do, in sentences.
  package var description: String {
    switch self {
    case .notATerminal:
      """
      The dashboard needs a terminal, and standard input or output is not one. \
      Run it in a terminal, or use "burnwatch status" for text.
      """
    case .cannotPositionCursor(let type):
      """
      The terminal type "\(type)" cannot move its cursor, so the dashboard cannot be drawn. \
      Set TERM to the type of your terminal, or use "burnwatch status" for text.
      """
    case .noTerminalDescription(let type?):
      """
      This machine has no description of the terminal type "\(type)", nor of xterm-256color, \
      xterm or vt100. Install the terminfo database (package ncurses-base), or set TERMINFO.
      """
    case .noTerminalDescription(nil):
      """
      TERM is not set, and this machine has no description of xterm-256color, xterm or vt100. \
      Install the terminfo database (package ncurses-base), or set TERMINFO.
      """
    case .alreadyOpen:
      "The terminal is open already."
    case .system(let reason):
      "The terminal could not be opened: \(reason)."
    }
  }
}

extension TerminalNotice: CustomStringConvertible {
  /// What is different here and what to do, in sentences.
  package var description: String {
    switch self {
    case .typeReplaced(let wanted?, let used):
      "Terminal type \"\(wanted)\" is unknown here; \(used) is used. Install its terminfo entry."
    case .typeReplaced(nil, let used):
      "TERM is not set; \(used) is used. Set TERM to the type of your terminal."
    case .notUTF8:
      "The locale is not UTF-8, so ASCII signs are used. Set LANG to a UTF-8 locale."
    case .differentWidths(let scalars):
      """
      The C library measures \(scalars.count) of burnwatch's signs otherwise; they show as "?". \
      Press ~ for ASCII signs.
      """
    }
  }
}
