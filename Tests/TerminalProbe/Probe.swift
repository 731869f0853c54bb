// A little program on a CursesDisplay for the tests of Terminal to drive through a pseudo-terminal.
// It shows what it hears, and does something odd for some keys.

#if canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#elseif canImport(Darwin)
import Darwin
#endif
import Screen
import Terminal
import TestSupport

@main
struct Probe {
  static func main() {
    let type = getenv("TERM").map { String(cString: $0) }
    let isMonochrome = getenv("NO_COLOR").map { $0.pointee != 0 } ?? false
    do throws(TerminalError) {
      let display = try CursesDisplay(
        type: type, forceMonochrome: isMonochrome, theme: .test)
      var probe = Probe(display: display, canvases: RandomCanvases(seed: 1, size: display.size))
      let code = probe.run()
      display.close()
      exit(code)
    } catch {
      report(error.description)
      exit(2)
    }
  }

  let display: CursesDisplay
  let mailbox = Mailbox<String>()
  var heard: [String] = []
  var canvases: RandomCanvases
  var isRandom = false

  mutating func run() -> Int32 {
    while true {
      draw()
      for event in display.waitForEvents(timeout: nil) {
        if let code = handle(event) { return code }
      }
      heard += mailbox.drain()
    }
  }

  /// Takes an event; gives the exit code when the program is to end.
  private mutating func handle(_ event: InputEvent) -> Int32? {
    switch event {
    case .key(.character("n")): return nil
    case .key(let key):
      heard.append("key \(key.name)")
      return act(on: key)
    case .mouse(let mouse):
      heard.append("\(name(of: mouse.action)) \(mouse.point.column),\(mouse.point.row)")
    case .paste(let text): heard.append("paste \(text.count) \(text.prefix(20))")
    case .resized(let size): heard.append("resized \(size.columns)x\(size.rows)")
    case .resumed: heard.append("resumed")
    case .hangUp: return 128 + SIGHUP
    case .terminate: return 128 + SIGTERM
    case .interrupt: return 128 + SIGINT
    case .quit: return 128 + SIGQUIT
    }
    return nil
  }

  private mutating func act(on key: Key) -> Int32? {
    switch key {
    case .character("q"): return 0
    case .character("r"): isRandom = true
    case .character("b"): display.bell()
    case .character("t"): display.setTitle("a\u{1B}]0;b\u{7}\u{9B}c é")
    case .character("e"): report("a library prints this")
    case .character("m"): postFromAnotherThread()
    case .character("M"): display.useMouse(true)
    case .character("N"): display.useMouse(false)
    case .control("l"): display.repaint()
    case .control("z"): display.suspend()
    case .character("1"): raise(SIGSEGV)
    case .character("2"): abort()
    case .character("3"): trap()
    case .character("4"): exit(9)
    case .character("6"): heard.append("\(descend(from: heard.count))")
    case .character("s"): kill(getpid(), SIGTSTP)
    case .character("5"): flood()
    default: break
    }
    return nil
  }

  private func postFromAnotherThread() {
    let mailbox = mailbox
    Task.detached { mailbox.post("mail") { _ in false } }
  }

  /// A Swift run-time failure: its message goes to standard error, and a signal follows.
  private func trap() {
    let none: [Int] = []
    heard.withUnsafeBufferPointer { _ in _ = none[heard.count] }
  }

  /// Calls itself until the stack is full.
  private func descend(from depth: Int) -> Int {
    depth < 0 ? depth : descend(from: depth + 1) + 1
  }

  /// Draws without end, into a terminal that may have stopped reading.
  private func flood() {
    while true {
      display.repaint()
    }
  }

  private mutating func draw() {
    if isRandom {
      display.present(canvases.next())
      return
    }
    let size = display.size
    var canvas = Canvas(size: size)
    let facts = "\(size.columns)x\(size.rows) \(display.colorDepth) UTF-8 \(display.isUTF8)"
    canvas.draw("ready \(facts)", at: Point(column: 0, row: 0), role: .title)
    canvas.draw("wide 日本 é \u{65}\u{301} ─▏●", at: Point(column: 0, row: 1), role: .warning)
    // Gaps between styles: after one without background, after one with it, and at the other side of it.
    for (index, role) in [Role.title, .page, .warning, .page].enumerated() {
      canvas.draw("g\(index)", at: Point(column: index * 5, row: 4), role: role)
    }
    // As long as a gap may be, longer, and after a wide character.
    canvas.draw("l0", at: Point(column: 24, row: 4), role: .title)
    canvas.draw("l1", at: Point(column: 34, row: 4), role: .page)
    canvas.draw("l2", at: Point(column: 45, row: 4), role: .title)
    canvas.draw("日", at: Point(column: 49, row: 4), role: .page)
    canvas.draw("l3", at: Point(column: 54, row: 4), role: .title)
    for (row, notice) in display.notices.enumerated() {
      canvas.draw("\(notice)", at: Point(column: 0, row: 2 + row), role: .dim)
    }
    for (row, line) in heard.suffix(max(0, size.rows - 6)).enumerated() {
      canvas.draw(line, at: Point(column: 0, row: 5 + row), role: .text)
    }
    canvas.put("X", at: Point(column: size.columns - 1, row: size.rows - 1), role: .page)
    display.present(canvas)
  }
}

private func name(of action: MouseEvent.Action) -> String {
  switch action {
  case .press(let button): "press \(button)"
  case .wheelUp: "wheel up"
  case .wheelDown: "wheel down"
  }
}

private func report(_ text: String) {
  let line = Array((text + "\n").utf8)
  _ = line.withUnsafeBytes { write(STDERR_FILENO, $0.baseAddress, $0.count) }
}

extension Theme {
  /// Some colors and some attributes, to see which of them arrive.
  fileprivate static let test = Theme(
    name: "test",
    styles: [
      .title: Style(foreground: .ansi(4)),
      .warning: Style(foreground: .ansi(11), background: .rgb(40, 40, 40), mono: .underline),
      .dim: Style(attributes: .dim),
      .page: Style(foreground: .ansi(9), mono: .reverse),
    ])
}
