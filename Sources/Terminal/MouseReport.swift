import Screen

/// A report of the mouse, decoded: the two forms that terminals send.
///
/// Format: xterm's ctlseqs, "Mouse Tracking". Shift, Alt and Ctrl do not change a report's meaning.
enum MouseReport {
  /// The form of mode 1006, `ESC [ < button ; column ; row M`, with `m` for a release.
  ///
  /// `nil` for what is no press and no turn of the wheel, and for anything malformed.
  static func event(parameters: [UInt8], final: UInt8) -> MouseEvent? {
    guard final == UInt8(ascii: "M"), parameters.first == introducer else { return nil }
    let fields = parameters.dropFirst()
      .split(separator: UInt8(ascii: ";"), omittingEmptySubsequences: false)
      .map { Int(String(decoding: $0, as: UTF8.self)) }
    guard fields.count == 3, let button = fields[0], let column = fields[1], let row = fields[2]
    else { return nil }
    return event(button: button, column: column, row: row)
  }

  /// The old form, `ESC [ M` and three bytes, each 32 above its number.
  ///
  /// Terminals that ignore mode 1006 send it; a release has button 3 there.
  static func event(legacy bytes: [UInt8]) -> MouseEvent? {
    guard bytes.count == legacyLength else { return nil }
    let numbers = bytes.map { Int($0) - 32 }
    return event(button: numbers[0], column: numbers[1], row: numbers[2])
  }

  /// How many bytes follow `ESC [ M`.
  static let legacyLength = 3

  /// What stands before the numbers in the form of mode 1006.
  static let introducer = UInt8(ascii: "<")

  private static let modifiers = 4 | 8 | 16

  private static func event(button: Int, column: Int, row: Int) -> MouseEvent? {
    guard let action = actions[button & ~modifiers], column > 0, row > 0 else { return nil }
    return MouseEvent(action, at: Point(column: column - 1, row: row - 1))
  }

  private static let actions: [Int: MouseEvent.Action] = [
    0: .press(.left), 1: .press(.middle), 2: .press(.right), 64: .wheelUp, 65: .wheelDown,
  ]
}
