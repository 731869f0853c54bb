// Reading: keys, pastes, signals and the size, in the one wait of the program.

import CTerminal
package import Screen

/// What is remembered between two waits.
struct InputState {
  var decoder = KeyDecoder()
  /// Events that did not come from the keyboard and wait to be delivered.
  var queued: [InputEvent] = []
  /// Whether the last read stopped at its limit, so that there may be more without a new key.
  var isCut = false
  /// Whether the terminal is gone: it is not asked again, for it would answer without end.
  var isHungUp = false
}

extension CursesDisplay {
  /// The most codes read in one go, so that a flood of input cannot keep a frame from being drawn.
  private static let readLimit = 4096
  /// How long an unfinished paste may be silent.
  private static let pastePatience = Duration.milliseconds(500)

  /// Sleeps in poll(2) on the terminal and the wake-up pipe, and reads what has come.
  ///
  /// Esc alone takes ``escapeTimeout`` longer than other keys.
  package func waitForEvents(timeout: Duration?) -> [InputEvent] {
    let isPasting = input.decoder.isPasting
    let reasons = bw_wait(!input.isHungUp, patience(timeout).wholeMilliseconds)
    var events = signalEvents()
    if reasons & UInt32(BW_WAIT_INPUT) != 0 || input.isCut {
      events += readKeys()
    } else if isPasting && reasons == 0 {
      events += input.decoder.endPaste()
    }
    if reasons & UInt32(BW_WAIT_HANG_UP) != 0 {
      input.isHungUp = true
      events.append(.hangUp)
    }
    events += input.queued
    input.queued = []
    return events
  }

  /// Leaves the screen, stops the process group and comes back when the shell says so.
  ///
  /// Nothing comes back when a signal that ends the program has arrived meanwhile: its event is
  /// next, and the screen stays left.
  package func suspend() {
    guard bw_suspend() else { return }
    noteReturn()
  }

  private func patience(_ timeout: Duration?) -> Duration? {
    if !input.queued.isEmpty || input.isCut { return .zero }
    guard input.decoder.isPasting else { return timeout }
    return min(timeout ?? Self.pastePatience, Self.pastePatience)
  }

  private func readKeys() -> [InputEvent] {
    var codes: [KeyCode] = []
    while codes.count < Self.readLimit, let code = KeyCode(Int(bw_read_key())) {
      codes.append(code)
    }
    input.isCut = codes.count == Self.readLimit
    return input.decoder.decode(codes, isWhole: !input.isCut)
  }

  private func signalEvents() -> [InputEvent] {
    let signals = Int(bw_take_signals())
    var events: [InputEvent] = []
    if signals & BW_SIGNAL_HANG_UP != 0 { events.append(.hangUp) }
    if signals & BW_SIGNAL_TERMINATE != 0 { events.append(.terminate) }
    if signals & BW_SIGNAL_INTERRUPT != 0 { events.append(.interrupt) }
    if signals & BW_SIGNAL_QUIT != 0 { events.append(.quit) }
    // A closed terminal sends SIGCONT with SIGHUP: nothing to take back then.
    guard events.isEmpty else { return events }
    if signals & BW_SIGNAL_SUSPEND != 0 {
      suspend()
    } else if signals & BW_SIGNAL_CONTINUE != 0 {
      bw_reclaim()
      noteReturn()
    } else if signals & BW_SIGNAL_RESIZE != 0, bw_resize(), measure() {
      events.append(.resized(size))
    }
    return events
  }

  func noteReturn() {
    if measure() { input.queued.append(.resized(size)) }
    input.queued.append(.resumed)
  }
}

extension Duration? {
  /// The duration for poll(2): rounded up, so that a deadline has passed when the wait is over;
  /// -1, without end, for `nil`.
  var wholeMilliseconds: Int32 {
    guard let duration = self else { return -1 }
    let (seconds, attoseconds) = duration.components
    let million = seconds.multipliedReportingOverflow(by: 1000)
    let part = (attoseconds + 999_999_999_999_999) / 1_000_000_000_000_000
    let total = million.partialValue.addingReportingOverflow(part)
    if million.overflow || total.overflow { return seconds < 0 ? 0 : .max }
    return Int32(clamping: max(0, total.partialValue))
  }
}

extension Duration {
  var wholeMilliseconds: Int32 { Optional(self).wholeMilliseconds }
}
