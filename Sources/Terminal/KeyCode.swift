import CTerminal
import Screen

/// What is read: a byte, a key that ncurses knows, or what a sequence of bytes stands for.
enum KeyCode: Hashable {
  case byte(UInt8)
  case key(Key)
  case mouse(MouseEvent)
  case pasteStart
  case pasteEnd
  /// A key of the terminal that burnwatch has no use for.
  case unknown

  /// Translates what `bw_read_key` returned; `nil` when there is nothing more to read.
  init?(_ code: Int) {
    if code == BW_KEY_NONE { return nil }
    if let byte = UInt8(exactly: code) {
      self = .byte(byte)
    } else if 1...63 ~= code - BW_KEY_FUNCTION {
      self = .key(.function(code - BW_KEY_FUNCTION))
    } else {
      self = KeyCode.named[code] ?? .unknown
    }
  }

  private static let named: [Int: KeyCode] = [
    BW_KEY_UP: .key(.up),
    BW_KEY_DOWN: .key(.down),
    BW_KEY_LEFT: .key(.left),
    BW_KEY_RIGHT: .key(.right),
    BW_KEY_HOME: .key(.home),
    BW_KEY_END: .key(.end),
    BW_KEY_PAGE_UP: .key(.pageUp),
    BW_KEY_PAGE_DOWN: .key(.pageDown),
    BW_KEY_INSERT: .key(.insert),
    BW_KEY_DELETE: .key(.delete),
    BW_KEY_BACKSPACE: .key(.backspace),
    BW_KEY_ENTER: .key(.enter),
    BW_KEY_BACK_TAB: .key(.backTab),
    BW_KEY_PASTE_START: .pasteStart,
    BW_KEY_PASTE_END: .pasteEnd,
  ]
}
