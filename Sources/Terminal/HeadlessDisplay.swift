import CTerminal
package import Screen

/// A display without a terminal: it keeps what was presented, and its keys come from a script.
package final class HeadlessDisplay: Display {
  /// The size, which a scripted ``InputEvent/resized(_:)`` changes.
  package private(set) var size: Size
  /// The colors it pretends to have.
  package let colorDepth: ColorDepth
  /// Whether it pretends to show every character.
  package let isUTF8: Bool
  /// There is no mouse, and a script may pretend there is one.
  package let hasMouse = true
  /// Nothing to note.
  package let notices: [TerminalNotice] = []

  /// The last canvas; `nil` before the first frame.
  package private(set) var canvas: Canvas?
  /// How many canvases were presented.
  package private(set) var frameCount = 0
  /// The theme applied last.
  package private(set) var theme = Theme.plain
  /// The title set last, safe to show.
  package private(set) var title: String?
  /// The text that was copied last.
  package private(set) var clipboard = ""
  /// How often the bell rang.
  package private(set) var bellCount = 0
  /// How often the whole screen was painted again.
  package private(set) var repaintCount = 0
  /// Whether the mouse is in use.
  package private(set) var isMouseOn = false
  /// Whether the display was closed.
  package private(set) var isClosed = false

  private var events: [InputEvent] = []
  private let sleep: (Duration?) -> Void

  /// Makes a display of this size.
  ///
  /// `sleep` waits for a wake-up, or for as long as given; `nil` waits without end. A test replaces
  /// it to move its own clock.
  package init(
    size: Size, colorDepth: ColorDepth = .twoHundredFiftySix, isUTF8: Bool = true,
    sleep: @escaping (Duration?) -> Void = HeadlessDisplay.sleepUntilWoken
  ) {
    self.size = size
    self.colorDepth = colorDepth
    self.isUTF8 = isUTF8
    self.sleep = sleep
  }

  /// Adds events that the next wait returns at once, all together.
  package func send(_ events: [InputEvent]) {
    self.events += events
  }

  /// Takes the scripted events, or sleeps when there are none.
  package func waitForEvents(timeout: Duration?) -> [InputEvent] {
    if events.isEmpty { sleep(timeout) }
    for case .resized(let size) in events { self.size = size }
    defer { events = [] }
    return events
  }

  /// Keeps the canvas and counts the frame.
  package func present(_ canvas: Canvas) {
    self.canvas = canvas
    frameCount += 1
  }

  /// Keeps the theme.
  package func apply(_ theme: Theme) {
    self.theme = theme
  }

  /// Keeps the title, made safe.
  package func setTitle(_ title: String) {
    self.title = Sanitizer.line(title)
  }

  /// Keeps the text.
  package func copy(_ text: String) {
    clipboard = text
  }

  /// Counts the ring.
  package func bell() {
    bellCount += 1
  }

  /// Keeps whether the mouse is in use.
  package func useMouse(_ isOn: Bool) {
    isMouseOn = isOn
  }

  /// Counts the repaint.
  package func repaint() {
    repaintCount += 1
  }

  /// Goes on at once.
  package func suspend() {
    events.append(.resumed)
  }

  /// Says that there is no terminal to lend.
  package func lend(
    to program: TerminalProgram, watch: (Int32, _ isOver: Bool) -> Void
  ) -> TerminalProgram.End {
    .notStarted(reason: "there is no terminal")
  }

  /// Notes that the display was closed.
  package func close() {
    isClosed = true
  }

  /// Sleeps until ``WakeUp/signal()`` or until the time-out has passed.
  package static func sleepUntilWoken(timeout: Duration?) {
    guard bw_prepare_wait() else { return }
    _ = bw_wait(false, timeout.wholeMilliseconds)
  }
}
