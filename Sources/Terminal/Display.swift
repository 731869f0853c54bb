package import Screen

/// A screen with its keyboard, as the program loop sees it.
///
/// One thread uses it, the one that opened it. The loop sleeps in ``waitForEvents(timeout:)``,
/// handles what comes back and the mail in its ``Mailbox``, and presents a canvas when something
/// has changed.
package protocol Display: AnyObject {
  /// The size in cells; it changes only in ``waitForEvents(timeout:)`` and ``suspend()``.
  var size: Size { get }
  /// How many colors there are.
  var colorDepth: ColorDepth { get }
  /// Whether every character can be shown; without it ASCII signs must do.
  var isUTF8: Bool { get }
  /// What the operator should know about the terminal, in order of importance.
  var notices: [TerminalNotice] { get }

  /// Shows a canvas; only what differs from the last one is sent.
  func present(_ canvas: Canvas)
  /// Uses the styles of another theme from the next canvas on.
  func apply(_ theme: Theme)
  /// Sleeps until there are events, a wake-up, or `timeout` has passed; `nil` sleeps without end.
  ///
  /// The answer is empty after a wake-up or a time-out: look into the mailbox then, and at the
  /// deadlines.
  func waitForEvents(timeout: Duration?) -> [InputEvent]
  /// Rings the bell.
  func bell()
  /// Whether the terminal can report the mouse.
  var hasMouse: Bool { get }
  /// Lets the terminal report the mouse, or keep it to itself as at the start.
  func useMouse(_ isOn: Bool)
  /// Sets the window title; whatever is in `title`, only printable characters are sent.
  func setTitle(_ title: String)
  /// Hands text to the terminal's clipboard, where it allows that (OSC 52); no answer comes back.
  func copy(_ text: String)
  /// Paints everything again, for a screen that something else has written on.
  func repaint()
  /// Stops the program as ctrl-z does in a shell; ``InputEvent/resumed`` follows when it goes on.
  func suspend()
  /// Leaves the screen to a program until it has ended.
  ///
  /// - Parameters:
  ///   - program: The program, which has the terminal to itself.
  ///   - watch: Told of its process group when it runs, and when it is gone.
  /// - Returns: How it ended.
  func lend(
    to program: TerminalProgram, watch: (Int32, _ isOver: Bool) -> Void
  ) -> TerminalProgram.End
  /// Gives the terminal back. Harmless twice.
  func close()
}
