// A program in a terminal of its own, driven by a test: keys in, screen out.

#if canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#elseif canImport(Darwin)
import Darwin
#endif
package import Screen

/// How a program ended.
package enum ProgramEnd: Hashable, Sendable {
  /// It returned this code.
  case exited(Int32)
  /// This signal killed it.
  case signalled(Int32)
}

/// A pseudo-terminal could not be made, or a program could not be started in it.
package struct PseudoTerminalError: Error {
  /// The call that failed.
  package let call: String
  /// The system's error number.
  package let number: Int32
}

/// The modes of a terminal line, to be compared.
package struct LineModes: Hashable {
  let flags: [UInt64]
  let characters: [UInt8]
}

/// A pseudo-terminal with at most one program in it.
///
/// Waiting always has a limit, so that a test fails where a program hangs.
package final class PseudoTerminal {
  /// How long a test waits for something that should happen at once.
  package static let patience = Duration.seconds(20)

  /// What the terminal shows now.
  package private(set) var screen: TerminalModel
  /// Every byte the program has written.
  package private(set) var output: [UInt8] = []
  /// The program; 0 before the start.
  package private(set) var process: Int32 = 0

  private var controller: Int32
  /// Kept open, so that the terminal outlives the program and its modes can be compared.
  private var line: Int32
  private let path: String
  private var status: ProgramEnd?

  /// Makes a terminal of this size.
  package init(size: Size = Size(columns: 80, rows: 24)) throws {
    screen = TerminalModel(size: size)
    controller = -1
    line = -1
    guard openpty(&controller, &line, nil, nil, nil) == 0 else {
      throw PseudoTerminalError(call: "openpty", number: errno)
    }
    path = try PseudoTerminal.path(of: line)
    for descriptor in [controller, line] { _ = fcntl(descriptor, F_SETFD, FD_CLOEXEC) }
    setWindow(size)
  }

  /// The path of a terminal.
  ///
  /// Tests make terminals at once: `ttyname` would hand one of them the name of another's.
  private static func path(of line: Int32) throws -> String {
    var name = [CChar](repeating: 0, count: 128)
    let result = ttyname_r(line, &name, name.count)
    guard result == 0 else { throw PseudoTerminalError(call: "ttyname_r", number: result) }
    return String(decoding: name.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }, as: UTF8.self)
  }

  deinit {
    if process > 0, status == nil {
      kill(process, SIGKILL)
      var ignored: Int32 = 0
      waitpid(process, &ignored, 0)
    }
    hangUp()
  }

  /// Starts a program with this terminal as its own, in a session of its own.
  package func start(
    _ program: String, arguments: [String] = [], environment: [String: String]
  ) throws {
    process = try Spawn.start(
      program, arguments: arguments, environment: environment, terminal: path)
  }

  /// Types text.
  package func type(_ keys: String) {
    type(bytes: Array(keys.utf8))
  }

  /// Types bytes, reading meanwhile so that neither side waits for the other.
  package func type(bytes: [UInt8]) {
    var sent = 0
    while sent < bytes.count {
      let count = bytes[sent...].withUnsafeBytes { write(controller, $0.baseAddress, $0.count) }
      guard count > 0 else { return }
      sent += count
      if sent < bytes.count { readAvailable(within: .zero) }
    }
  }

  /// Writes on the screen past the program, as another process in the same terminal does.
  package func spoil(with text: String) {
    let bytes = Array(text.utf8)
    _ = bytes.withUnsafeBytes { write(line, $0.baseAddress, $0.count) }
  }

  /// Changes the size of the window; the program gets SIGWINCH.
  package func resize(to size: Size) {
    screen.resize(to: size)
    setWindow(size)
  }

  /// Sends a signal to the program.
  package func signal(_ number: Int32) {
    kill(process, number)
  }

  /// Closes the terminal, as a lost connection does.
  package func hangUp() {
    for descriptor in [controller, line] where descriptor >= 0 { close(descriptor) }
    controller = -1
    line = -1
  }

  /// The modes of the line, before and after.
  package func lineModes() -> LineModes {
    var modes = termios()
    tcgetattr(line, &modes)
    return LineModes(
      flags: [
        UInt64(modes.c_iflag), UInt64(modes.c_oflag), UInt64(modes.c_cflag), UInt64(modes.c_lflag),
      ],
      characters: withUnsafeBytes(of: modes.c_cc) { Array($0) })
  }

  /// Reads until the screen is as wanted; false when the time is over.
  package func wait(
    atMost limit: Duration = patience, until isDone: (TerminalModel) -> Bool
  ) -> Bool {
    let deadline = ContinuousClock.now + limit
    while !isDone(screen) {
      let rest = deadline - ContinuousClock.now
      guard rest > .zero else { return false }
      readAvailable(within: min(rest, .milliseconds(50)))
    }
    return true
  }

  /// Reads until the screen shows `text`; false when the time is over.
  package func wait(for text: String, atMost limit: Duration = patience) -> Bool {
    wait(atMost: limit) { $0.text.contains(text) }
  }

  /// Reads until the program is gone; nil when it is still there after `limit`.
  ///
  /// Without `isReading` the terminal takes none of the program's output meanwhile.
  package func waitForExit(atMost limit: Duration = patience, isReading: Bool = true) -> ProgramEnd?
  {
    let deadline = ContinuousClock.now + limit
    while status == nil, ContinuousClock.now < deadline {
      if isReading { readAvailable(within: .milliseconds(2)) } else { poll(nil, 0, 2) }
      status = Spawn.status(of: process)
    }
    // What the program wrote last is still on its way.
    if isReading { while readAvailable(within: .milliseconds(10)) {} }
    return status
  }

  /// Reads what is there, waiting for a first byte at most this long; false when there was none.
  @discardableResult
  package func readAvailable(within limit: Duration) -> Bool {
    guard let bytes = readBytes(within: limit) else { return false }
    show(bytes)
    return true
  }

  /// Reads what is there without looking at it, for whoever measures time; nil when there was none.
  ///
  /// What was read must be given to ``show(_:)`` later, in order.
  package func readBytes(within limit: Duration) -> [UInt8]? {
    var source = pollfd(fd: controller, events: Int16(POLLIN), revents: 0)
    let milliseconds = Int32(limit / .milliseconds(1))
    guard controller >= 0 else {
      poll(nil, 0, milliseconds)
      return nil
    }
    guard poll(&source, 1, milliseconds) > 0 else { return nil }
    var buffer = [UInt8](repeating: 0, count: 65536)
    let count = read(controller, &buffer, buffer.count)
    guard count > 0 else { return nil }
    buffer.removeLast(buffer.count - count)
    return buffer
  }

  /// Lets the terminal show bytes that the program has written.
  package func show(_ bytes: [UInt8]) {
    output += bytes
    screen.receive(bytes)
  }

  private func setWindow(_ size: Size) {
    var window = winsize(
      ws_row: UInt16(size.rows), ws_col: UInt16(size.columns), ws_xpixel: 0, ws_ypixel: 0)
    _ = ioctl(controller, UInt(TIOCSWINSZ), &window)
  }
}
