import Screen

/// Turns bytes and key codes into events.
///
/// It knows UTF-8 text, control keys, Alt, the mouse, stray escape sequences and pasted text. It is
/// pure: what was typed in one moment comes in one call.
struct KeyDecoder {
  /// The most bytes of one paste that are kept; the rest of it is dropped.
  static let pasteLimit = 64 * 1024

  private enum State: Hashable {
    case ground
    case escape
    case control(ControlSequence)
    /// After `ESC [ M`: a report of the mouse in its old form.
    case mouse([UInt8])
    /// After `ESC O`.
    case singleShift
    /// Inside an answer of the terminal, which ends with BEL or `ESC \`: dropped.
    case answer(introducer: UInt8, isEmpty: Bool)
    /// After the ESC that ends an answer, before its backslash.
    case answerEnd
    case paste(wasReturn: Bool)
  }

  private var state = State.ground
  private var text = TextDecoder()
  private var pasted: [UInt8] = []
  private var events: [InputEvent] = []

  /// Whether a paste has begun and its end has not come.
  var isPasting: Bool {
    if case .paste = state { true } else { false }
  }

  /// Decodes what was read in one go.
  ///
  /// `isWhole` says that the terminal had nothing more to read. An Esc at the end is then the key
  /// itself, because ncurses has waited for the rest of a sequence.
  mutating func decode(_ codes: [KeyCode], isWhole: Bool = true) -> [InputEvent] {
    for code in codes { take(code) }
    if isWhole { settle() }
    defer { events = [] }
    return events
  }

  /// Ends a paste whose end marker never came, so that the keyboard does not stay deaf.
  mutating func endPaste() -> [InputEvent] {
    guard isPasting else { return [] }
    finishPaste()
    defer { events = [] }
    return events
  }

  private mutating func take(_ code: KeyCode) {
    if isPasting {
      takePasted(code)
      return
    }
    switch code {
    case .byte(let byte): take(byte)
    case .key(let key):
      cutShort()
      events.append(.key(key))
    case .mouse(let mouse): events.append(.mouse(mouse))
    case .pasteStart:
      cutShort()
      state = .paste(wasReturn: false)
    case .pasteEnd, .unknown: cutShort()
    }
  }

  private mutating func take(_ byte: UInt8) {
    switch state {
    case .ground: takePlain(byte)
    case .escape: takeAfterEscape(byte)
    case .control(let sequence): take(byte, after: sequence)
    case .mouse(let report):
      state = .mouse(report + [byte])
      guard report.count + 1 == MouseReport.legacyLength else { break }
      state = .ground
      if let mouse = MouseReport.event(legacy: report + [byte]) { events.append(.mouse(mouse)) }
    case .singleShift:
      state = .ground
      if let key = ControlSequence.lettered[byte] { events.append(.key(key)) }
    case .answer(let introducer, _):
      switch byte {
      case Byte.bell: state = .ground
      case Byte.escape: state = .answerEnd
      default: state = .answer(introducer: introducer, isEmpty: false)
      }
    case .answerEnd: state = .ground
    // Pasted bytes take their own way.
    case .paste: break
    }
  }

  private mutating func take(_ byte: UInt8, after begun: ControlSequence) {
    var sequence = begun
    if ControlSequence.isParameter(byte) {
      sequence.append(byte)
      state = .control(sequence)
    } else if sequence.parameters.isEmpty, byte == UInt8(ascii: "M") {
      state = .mouse([])
    } else {
      state = byte == Byte.escape ? .escape : .ground
      if ControlSequence.isFinal(byte), let code = sequence.meaning(final: byte) { take(code) }
    }
  }

  private mutating func takePlain(_ byte: UInt8) {
    if byte == Byte.escape {
      text.reset()
      state = .escape
    } else if let key = Byte.key(of: byte) {
      text.reset()
      events.append(.key(key))
    } else if let character = text.decode(byte) {
      events.append(.key(.character(character)))
    }
  }

  private mutating func takeAfterEscape(_ byte: UInt8) {
    switch byte {
    case UInt8(ascii: "["): state = .control(ControlSequence())
    case UInt8(ascii: "O"): state = .singleShift
    case UInt8(ascii: "]"), UInt8(ascii: "P"): state = .answer(introducer: byte, isEmpty: true)
    case 0x20..<0x7F:
      state = .ground
      events.append(.key(.alt(Character(Unicode.Scalar(byte)))))
    default:
      events.append(.key(.escape))
      state = .ground
      takePlain(byte)
    }
  }

  /// Ends what was begun, because something else has come.
  private mutating func cutShort() {
    settle()
    state = .ground
  }

  /// Ends what no further byte will end: the keys were typed one by one.
  private mutating func settle() {
    switch state {
    // The rest of a report would count as keys.
    case .ground, .mouse, .paste: return
    case .control(let sequence) where sequence.isMouseReport: return
    case .answerEnd: break
    case .escape: events.append(.key(.escape))
    case .control(let sequence):
      if sequence.parameters.isEmpty { events.append(.key(.alt("["))) }
    case .singleShift: events.append(.key(.alt("O")))
    case .answer(let introducer, let isEmpty):
      if isEmpty { events.append(.key(.alt(Character(Unicode.Scalar(introducer))))) }
    }
    state = .ground
  }
}

// Pasted text is kept as it comes, with line ends as LF.
extension KeyDecoder {
  private mutating func takePasted(_ code: KeyCode) {
    switch code {
    case .pasteEnd: finishPaste()
    case .byte(let byte):
      let isLineFeedOfPair = state == .paste(wasReturn: true) && byte == Byte.lineFeed
      state = .paste(wasReturn: byte == Byte.carriageReturn)
      guard !isLineFeedOfPair, pasted.count < Self.pasteLimit else { return }
      pasted.append(byte == Byte.carriageReturn ? Byte.lineFeed : byte)
    // Keys cannot be pasted: ncurses has found their sequences inside the text.
    case .key, .mouse, .pasteStart, .unknown: break
    }
  }

  private mutating func finishPaste() {
    events.append(.paste(String(decoding: pasted, as: UTF8.self)))
    pasted = []
    state = .ground
  }
}
