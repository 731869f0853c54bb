// What is seen of the terminal, one kind of observation for each check.

import Screen

/// Whether there is a terminal to look at.
enum PresenceObservation: Observation {
  case none

  var check: String { "terminal" }

  var verdict: Verdict {
    .skipped(
      "Neither standard input nor standard output is a terminal, and TERM is not set.",
      "Run burnwatch doctor in the terminal that the dashboard is for.")
  }
}

/// The terminal type.
enum TypeObservation: Observation {
  case usable(String)
  case unknown(String)
  case withoutCursor(String)
  case notSet

  var check: String { "type" }

  var verdict: Verdict {
    switch self {
    case .usable(let type): .ok("Terminfo knows the terminal type \"\(type)\".")
    case .unknown(let type):
      .warning(
        "Terminfo has no terminal type \"\(type)\"; a common one will stand in.",
        "Install its entry (package ncurses-term; or infocmp -x there and tic -x here), "
          + "or set TERM=xterm-256color.")
    case .withoutCursor(let type):
      .error(
        "The terminal type \"\(type)\" cannot move its cursor, so the dashboard cannot be drawn.",
        "Set TERM to the type of your terminal, or use burnwatch status.")
    case .notSet:
      .warning(
        "TERM is not set; a common type will stand in.",
        "Set TERM to the type of your terminal, such as xterm-256color.")
    }
  }
}

/// The colors of the terminal type.
enum ColorObservation: Observation {
  case count(Int)
  case none
  case refused

  var check: String { "colors" }

  var verdict: Verdict {
    switch self {
    case .count(let count): .ok("\(count) colors.")
    case .none: .ok("The terminal type has no colors; attributes such as bold stand in.")
    case .refused: .ok("NO_COLOR is set: no colors, only attributes such as bold.")
    }
  }
}

/// The locale.
enum LocaleObservation: Observation {
  case utf8(String)
  case notSet
  case notInstalled(String)
  case notUTF8(String)

  var check: String { "locale" }

  var verdict: Verdict {
    switch self {
    case .utf8(let name): .ok("The locale \"\(name)\" is UTF-8.")
    case .notSet: .ok("The locale says nothing of characters; C.UTF-8 stands in.")
    case .notInstalled(let name):
      .warning(
        "The locale \"\(name)\" is not installed here.",
        "Install it, or set LANG=C.UTF-8. Many ssh clients send their own locale along.")
    case .notUTF8(let name):
      .warning(
        "The locale \"\(name)\" is not UTF-8, so ASCII signs are drawn.",
        "Set LANG to a UTF-8 locale, such as C.UTF-8.")
    }
  }
}

/// How wide the C library takes burnwatch's own signs to be.
enum WidthObservation: Observation {
  case agree
  case differ([Unicode.Scalar])

  var check: String { "widths" }

  var verdict: Verdict {
    switch self {
    case .agree: .ok("The C library measures burnwatch's signs as they are drawn.")
    case .differ(let scalars):
      .warning(
        "The C library measures \(scalars.count) of burnwatch's signs otherwise: "
          + "\(WidthObservation.codes(scalars)).",
        "They show as \"?\". Use --ascii, or press ~ in the dashboard.")
    }
  }

  private static func codes(_ scalars: [Unicode.Scalar]) -> String {
    let shown = scalars.prefix(8).map { "U+\(String($0.value, radix: 16, uppercase: true))" }
    return shown.joined(separator: " ") + (scalars.count > 8 ? " ..." : "")
  }
}

/// The size of the window.
enum SizeObservation: Observation {
  case enough(Size)
  case small(Size, least: Size)
  case unknown

  var check: String { "size" }

  var verdict: Verdict {
    switch self {
    case .enough(let size): .ok("\(size.columns) columns and \(size.rows) rows.")
    case .small(let size, let least):
      .warning(
        "\(size.columns) columns and \(size.rows) rows are too few for the views.",
        "Make the window at least \(least.columns) columns wide and \(least.rows) rows high.")
    case .unknown:
      .skipped("Neither standard input nor standard output is a terminal that says its size.")
    }
  }
}

/// A terminal multiplexer between burnwatch and the window.
enum MultiplexerObservation: Observation {
  case inside(String)
  case foreignType(String, type: String, usual: String)

  var check: String { "multiplexer" }

  var verdict: Verdict {
    switch self {
    case .inside(let name): .ok("Inside \(name).")
    case .foreignType(let name, let type, let usual):
      .warning(
        "Inside \(name), and TERM is \"\(type)\", which is another program's.",
        "Let \(name) set TERM, usually to \(usual); a shell's start-up file may overwrite it.")
    }
  }
}
