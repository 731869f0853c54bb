import Screen
import Testing

@testable import Terminal

struct KeyDecoderTests {
  /// Decodes text as one read and returns the names of the keys.
  private func names(_ text: String) -> [String] {
    var decoder = KeyDecoder()
    return decoder.decode(bytes(text)).map(name)
  }

  private func bytes(_ text: String) -> [KeyCode] {
    text.utf8.map { .byte($0) }
  }

  private func name(_ event: InputEvent) -> String {
    switch event {
    case .key(let key): key.name
    case .paste(let text): "paste \(text.debugDescription)"
    case .mouse, .resized, .resumed, .hangUp, .terminate, .interrupt, .quit: "\(event)"
    }
  }

  @Test(
    "Bytes become keys",
    arguments: [
      ("", []), ("jk", ["j", "k"]), ("é日🔥", ["é", "日", "🔥"]), ("G~ ", ["G", "~", "Space"]),
      ("\r\n", ["Enter", "Enter"]), ("\t", ["Tab"]), ("\u{8}\u{7F}", ["Backspace", "Backspace"]),
      ("\u{1}\u{1A}", ["ctrl-a", "ctrl-z"]), ("\0", ["ctrl-Space"]),
      ("\u{1C}\u{1D}\u{1E}\u{1F}", ["ctrl-\\", "ctrl-]", "ctrl-^", "ctrl-_"]),
      // C1 controls are no text.
      ("\u{9B}x", ["x"]),
    ])
  func decodesBytes(text: String, expected: [String]) {
    #expect(names(text) == expected)
  }

  @Test(
    "Esc is a key, Alt, or the start of a sequence",
    arguments: [
      ("\u{1B}", ["Esc"]), ("\u{1B}\u{1B}", ["Esc", "Esc"]), ("\u{1B}x", ["alt-x"]),
      ("\u{1B}\r", ["Esc", "Enter"]), ("\u{1B}é", ["Esc", "é"]), ("\u{1B}[", ["alt-["]),
      ("\u{1B}]11;x\u{1B}", []),
      ("\u{1B}O", ["alt-O"]), ("\u{1B}]", ["alt-]"]),
      ("\u{1B}P", ["alt-P"]),
      ("\u{1B}[A\u{1B}[B\u{1B}[C\u{1B}[D", ["Up", "Down", "Right", "Left"]),
      ("\u{1B}OA\u{1B}OH\u{1B}OF", ["Up", "Home", "End"]), ("\u{1B}[1;2D", ["Left"]),
      ("\u{1B}[1~\u{1B}[2~\u{1B}[4~", ["Home", "Insert", "End"]),
      ("\u{1B}[15;2~\u{1B}[23~", ["F5", "F11"]), ("\u{1B}[Z", ["shift-Tab"]),
    ])
  func decodesEscape(text: String, expected: [String]) {
    #expect(names(text) == expected)
  }

  @Test(
    "What is no key is swallowed whole, and the next key counts",
    arguments: [
      "\u{1B}[Ij", "\u{1B}[Oj", "\u{1B}[?2026;2$yj", "\u{1B}[24;80Rj", "\u{1B}[<0;10;10mj",
      "\u{1B}[99~j", "\u{1B}[97;5uj", "\u{1B}]11;rgb:0000/0000/0000\u{7}j",
      "\u{1B}]11;rgb:0000/0000/0000\u{1B}\\j", "\u{1B}P1+r\u{1B}\\j", "\u{1B}[1;\u{1}j",
    ])
  func swallowsAnswers(text: String) {
    #expect(names(text) == ["j"])
  }

  @Test("A sequence with more parameters than any key is swallowed, in bounded space")
  func limitsParameters() {
    let limit = ControlSequence.parameterLimit
    #expect(names("\u{1B}[1;\(String(repeating: "5", count: limit - 3))Aj") == ["Up", "j"])
    #expect(names("\u{1B}[1;\(String(repeating: "5", count: limit - 2))Aj") == ["j"])
    var sequence = ControlSequence()
    for _ in 0..<100_000 { sequence.append(UInt8(ascii: "0")) }
    #expect(sequence.parameters.count == limit)
  }

  @Test("Key codes of ncurses pass, and end what was begun")
  func passesKeyCodes() {
    var decoder = KeyDecoder()
    let codes: [KeyCode] = [.key(.up), .byte(0x1B), .key(.down), .unknown, .byte(0x71)]
    #expect(decoder.decode(codes).map(name) == ["Up", "Esc", "Down", "q"])
  }

  @Test("An unfinished read keeps Esc and half a character waiting")
  func waitsForTheRest() {
    var decoder = KeyDecoder()
    #expect(decoder.decode([.byte(0x1B)], isWhole: false) == [])
    #expect(decoder.decode([.byte(0x5B), .byte(0x41)]) == [.key(.up)])
    #expect(decoder.decode([.byte(0xC3)]) == [])
    #expect(decoder.decode([.byte(0xA9)]) == [.key(.character("é"))])
  }

  @Test(
    "Bytes that are not UTF-8 are dropped, and nothing after them",
    arguments: [
      [0xFF, 0x71], [0xE9, 0x71], [0x80, 0x71], [0xC3, 0xC3, 0x71], [0xE6, 0x97, 0x71],
    ])
  func dropsInvalidBytes(bytes: [UInt8]) {
    var decoder = KeyDecoder()
    #expect(decoder.decode(bytes.map { .byte($0) }).last == .key(.character("q")))
  }

  @Test("A paste is one event with LF line ends, whichever way its markers come")
  func collectsPaste() {
    var decoder = KeyDecoder()
    let codes: [KeyCode] = [.pasteStart] + bytes("a\rb\r\nc\n\u{1B}q") + [.key(.up), .pasteEnd]
    #expect(decoder.decode(codes) == [.paste("a\nb\nc\n\u{1B}q")])
    #expect(decoder.decode(bytes("\u{1B}[200~x") + [.pasteEnd]) == [.paste("x")])
    #expect(!decoder.isPasting)
  }

  @Test("A paste may come in many reads, and is cut at its limit")
  func limitsPaste() {
    var decoder = KeyDecoder()
    let piece = bytes(String(repeating: "x", count: 50_000))
    #expect(decoder.decode([.pasteStart] + piece) == [])
    #expect(decoder.isPasting)
    #expect(decoder.decode(piece) == [])
    let events = decoder.decode([.pasteEnd, .byte(0x71)])
    #expect(events.first == .paste(String(repeating: "x", count: KeyDecoder.pasteLimit)))
    #expect(events.last == .key(.character("q")))
  }

  @Test("A paste whose end never came is delivered when asked")
  func endsPaste() {
    var decoder = KeyDecoder()
    #expect(decoder.endPaste() == [])
    _ = decoder.decode([.pasteStart] + bytes("half"))
    #expect(decoder.endPaste() == [.paste("half")])
    #expect(decoder.decode(bytes("j")) == [.key(.character("j"))])
  }

  @Test(
    "Codes of the C side are named",
    arguments: [
      (-1, nil), (0, .byte(0)), (255, .byte(255)), (1000, .key(.up)), (1012, .key(.backTab)),
      (1013, .pasteStart), (1015, .unknown), (2001, .key(.function(1))),
      (2063, .key(.function(63))), (2064, .unknown), (999, .unknown),
    ] as [(Int, KeyCode?)])
  func namesCodes(code: Int, expected: KeyCode?) {
    #expect(KeyCode(code) == expected)
  }
}
