import CTerminal
package import Screen

/// The real terminal, through ncurses.
///
/// ncurses keeps its state in the process, so there is one of these at a time, and the thread that
/// opens it is the only one to use it. Ctrl-C, ctrl-Z and ctrl-\ arrive as keys, because what
/// they do is the program's decision; signals of the same meaning from outside are events.
package final class CursesDisplay: Display {
  /// How long Esc waits for the rest of a key's sequence.
  package static let escapeTimeout = Duration.milliseconds(25)

  /// The size of the window, as it was at the last event.
  package private(set) var size = Size(columns: 0, rows: 0)
  /// The colors of the terminal type in use; none when monochrome was asked for.
  package let colorDepth: ColorDepth
  /// Whether the locale's characters are UTF-8.
  package let isUTF8: Bool
  /// Whether terminals of the type in use report the mouse.
  package let hasMouse: Bool
  /// What is not as it should be.
  package let notices: [TerminalNotice]

  /// What the terminal shows; `nil` when every row has to be sent again.
  private var shown: Canvas?
  /// Cells on their way to C, kept so that a frame allocates nothing.
  private var row: [bw_cell] = []
  /// The state of reading keys, see `CursesDisplay+Events.swift`.
  var input = InputState()

  /// Takes over the terminal on standard input and output.
  ///
  /// `type` is the terminal type as TERM has it; `forceMonochrome` uses attributes only, as
  /// NO_COLOR asks. Standard error is held back until the display is closed.
  ///
  /// - Throws: ``TerminalError``; the terminal is then as before.
  package init(type: String?, forceMonochrome: Bool, theme: Theme = .plain) throws(TerminalError) {
    let wanted = type.flatMap { $0.isEmpty ? nil : $0 }
    let escape = Self.escapeTimeout.wholeMilliseconds
    switch bw_open(wanted, forceMonochrome, escape) {
    case .succeeded: break
    case .notATerminal: throw .notATerminal
    case .noDescription: throw .noTerminalDescription(type: wanted)
    case .cannotPositionCursor: throw .cannotPositionCursor(type: wanted ?? "")
    case .twice: throw .alreadyOpen
    case .failed: throw .system(reason: String(cString: bw_last_error()))
    }
    colorDepth = ColorDepth(count: Int(bw_color_count()))
    isUTF8 = bw_is_utf8()
    hasMouse = bw_has_mouse()
    notices = CursesDisplay.notices(wanted: wanted, isUTF8: bw_is_utf8())
    measure()
    apply(theme)
  }

  deinit {
    bw_close()
  }

  /// Gives the terminal back and prints what was written to standard error meanwhile.
  package func close() {
    bw_close()
  }

  /// Defines the styles of a theme; the next canvas is sent whole.
  package func apply(_ theme: Theme) {
    bw_reset_styles()
    for role in Role.allCases {
      for isHighlighted in [false, true] {
        let style = theme.resolved(role, highlighted: isHighlighted, depth: colorDepth)
        // The bits of Screen's attributes are those of the C interface.
        bw_define_style(
          CursesDisplay.style(of: role, isHighlighted: isHighlighted),
          style.foreground, style.background, style.attributes.rawValue)
      }
    }
    shown = nil
  }

  /// Sends the rows that differ from the last canvas; ncurses sends the cells that differ.
  package func present(_ canvas: Canvas) {
    let reference = shown?.size == canvas.size ? shown : nil
    for number in 0..<size.rows where reference?.row(number) != canvas.row(number) {
      send(canvas.row(number), as: number)
    }
    let cursor = canvas.cursor.flatMap { Rect(size).contains($0) ? $0 : nil }
    bw_flush(Int32(cursor?.row ?? 0), Int32(cursor?.column ?? 0), cursor != nil)
    shown = canvas
  }

  /// Rings the bell.
  package func bell() {
    bw_bell()
  }

  /// Turns reports of the mouse on or off; off again whatever ends or suspends the program.
  package func useMouse(_ isOn: Bool) {
    bw_use_mouse(isOn)
  }

  /// Sets the title in terminals of xterm's kind; the old one comes back at the end.
  package func setTitle(_ title: String) {
    let line = Sanitizer.line(title, limit: 120, glyphs: isUTF8 ? .unicode : .ascii)
    bw_set_title(isUTF8 ? line : String(line.map { $0.isASCII ? $0 : "?" }))
  }

  /// Hands text to the clipboard of terminals of xterm's kind; it travels as Base64.
  package func copy(_ text: String) {
    bw_copy(text)
  }

  /// Clears the terminal and paints the last canvas again.
  package func repaint() {
    bw_repaint()
  }

  /// Reads the size that curses draws in; after a change every row has to be sent.
  @discardableResult
  func measure() -> Bool {
    let before = size
    var columns: Int32 = 0
    var rows: Int32 = 0
    bw_size(&columns, &rows)
    size = Size(columns: Int(columns), rows: Int(rows))
    if size != before { shown = nil }
    return size != before
  }

  private func send(_ cells: ArraySlice<Cell>, as number: Int) {
    row.removeAll(keepingCapacity: true)
    for cell in cells { row.append(bw_cell(cell)) }
    row.withUnsafeBufferPointer {
      bw_present_row(Int32(number), $0.baseAddress, Int32($0.count))
    }
  }

  fileprivate static func style(of role: Role, isHighlighted: Bool) -> UInt8 {
    role.rawValue << 1 | (isHighlighted ? 1 : 0)
  }

  private static func notices(wanted: String?, isUTF8: Bool) -> [TerminalNotice] {
    var notices: [TerminalNotice] = []
    let used = String(cString: bw_terminal_type())
    if used != wanted { notices.append(.typeReplaced(wanted: wanted, used: used)) }
    let misjudged = WidthCheck.differences { Int(bw_character_width($0.value)) }
    if !isUTF8 {
      notices.append(.notUTF8)
    } else if !misjudged.isEmpty {
      notices.append(.differentWidths(misjudged))
    }
    return notices
  }
}

extension bw_cell {
  fileprivate init(_ cell: Cell) {
    self.init()
    scalars.0 = cell.base.value
    if !cell.marks.isEmpty {
      let marks = cell.marks.map(\.value) + [0, 0, 0, 0]
      (scalars.1, scalars.2, scalars.3, scalars.4) = (marks[0], marks[1], marks[2], marks[3])
    }
    width = cell.width
    style = CursesDisplay.style(of: cell.role, isHighlighted: cell.isHighlighted)
  }
}

extension ColorDepth {
  fileprivate init(count: Int) {
    switch count {
    case ..<8: self = .none
    case 8..<16: self = .eight
    case 16..<256: self = .sixteen
    default: self = .twoHundredFiftySix
    }
  }
}
