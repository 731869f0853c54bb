import CTerminal
package import Screen

/// What can be told of the terminal without opening it.
package struct TerminalFacts: Hashable, Sendable {
  /// What this machine knows of a terminal type.
  package enum Description: Hashable, Sendable {
    /// It can be drawn on, with this many colours (0 without).
    case usable(colors: Int)
    /// It is known, and it cannot move its cursor.
    case withoutCursor
    /// Terminfo has no such type.
    case unknown
  }

  /// Whether standard input is a terminal.
  package let isInputTerminal: Bool
  /// Whether standard output is a terminal.
  package let isOutputTerminal: Bool
  /// What terminfo says of the type.
  package let description: Description
  /// Whether the locale that the environment names is installed.
  package let isLocaleInstalled: Bool
  /// Whether characters are UTF-8 in the locale that is used.
  package let isUTF8: Bool
  /// The size of the window; `nil` where there is none or it does not say.
  package let size: Size?
  /// burnwatch's own signs that the C library gives another width.
  package let misjudged: [Unicode.Scalar]

  /// Makes facts.
  package init(
    isInputTerminal: Bool, isOutputTerminal: Bool, description: Description,
    isLocaleInstalled: Bool, isUTF8: Bool, size: Size?, misjudged: [Unicode.Scalar]
  ) {
    self.isInputTerminal = isInputTerminal
    self.isOutputTerminal = isOutputTerminal
    self.description = description
    self.isLocaleInstalled = isLocaleInstalled
    self.isUTF8 = isUTF8
    self.size = size
    self.misjudged = misjudged
  }

  /// Looks at the terminal; call it while no display is open.
  ///
  /// - Parameter type: The terminal type, as TERM has it.
  package init(inspecting type: String?) {
    let found = bw_inspect(type)
    isInputTerminal = found.is_input_terminal
    isOutputTerminal = found.is_output_terminal
    description =
      if !found.is_described {
        .unknown
      } else if found.can_position_cursor {
        .usable(colors: Int(found.colors))
      } else {
        .withoutCursor
      }
    isLocaleInstalled = found.is_locale_installed
    isUTF8 = found.is_utf8
    let isSized = found.window_columns > 0 && found.window_rows > 0
    size = isSized ? Size(columns: Int(found.window_columns), rows: Int(found.window_rows)) : nil
    misjudged =
      found.is_utf8 ? WidthCheck.differences { Int(bw_character_width($0.value)) } : []
  }
}
