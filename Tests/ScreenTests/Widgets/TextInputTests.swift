import Screen
import TestSupport
import Testing

struct TextInputTests {
  /// The text with `|` at the cursor, after typing keys by their names.
  private func typed(_ keys: String, into value: String = "") -> String {
    var input = TextInput(value)
    for name in keys.split(separator: " ") {
      guard let key = Key(name: String(name)) else { return "no key \(name)" }
      _ = input.handle(.key(key))
    }
    let index = input.value.index(input.value.startIndex, offsetBy: input.cursor)
    return "\(input.value[..<index])|\(input.value[index...])"
  }

  @Test(
    "Editing keys do what they say",
    arguments: [
      ("a b c", "", "abc|"), ("Left Left x", "abc", "ax|bc"), ("Home x", "abc", "x|abc"),
      ("Home Right x", "abc", "ax|bc"), ("Home End x", "abc", "abcx|"), ("Right", "abc", "abc|"),
      ("Home Left", "abc", "|abc"), ("Backspace", "abc", "ab|"), ("Home Backspace", "abc", "|abc"),
      ("Left Backspace", "abc", "a|c"), ("Delete", "abc", "abc|"), ("Home Delete", "abc", "|bc"),
      ("Left ctrl-u", "abc", "|c"), ("ctrl-w", "one two", "one |"),
      ("ctrl-w", "one two  ", "one |"),
      ("ctrl-w ctrl-w ctrl-w", "one two", "|"), ("Left ctrl-w", "one two", "one |o"),
      ("Space x", "a", "a x|"), ("Left é 日", "ab", "aé日|b"), ("Backspace", "日本", "日|"),
      ("Backspace", "e\u{301}", "|"),
    ])
  func editing(keys: String, value: String, result: String) {
    #expect(typed(keys, into: value) == result)
  }

  @Test(
    "Keys that do not edit are left to others",
    arguments: [
      Key.enter, .escape, .tab, .backTab, .up, .down, .pageUp, .pageDown, .insert, .function(1),
      .control("a"), .control("b"), .control("s"), .control("q"), .control("c"), .alt("x"),
    ])
  func unhandled(key: Key) {
    var input = TextInput("abc")
    let isHandled = input.handle(.key(key))
    #expect(!isHandled)
    #expect(input == TextInput("abc"))
  }

  @Test(
    "Events that are no typing are left to others",
    arguments: [
      InputEvent.resized(Size(columns: 1, rows: 1)), .resumed, .hangUp, .terminate, .interrupt,
      .quit,
    ])
  func otherEvents(event: InputEvent) {
    var input = TextInput("abc")
    let isHandled = input.handle(event)
    #expect(!isHandled)
  }

  @Test("Pasted text becomes one safe line at the cursor")
  func paste() {
    var input = TextInput("<>")
    _ = input.handle(.key(.left))
    let isHandled = input.handle(.paste("one\r\ntwo\u{1B}[2J\u{202E}"))
    #expect(isHandled)
    #expect(input.value == "<one two\u{FFFD}[2J>")
    #expect(input.cursor == input.value.count - 1)
  }

  @Test("An input takes no more than its limit")
  func limit() {
    var input = TextInput(String(repeating: "x", count: 5000))
    #expect(input.value.count == TextInput.characterLimit)
    _ = input.handle(.paste("more"))
    _ = input.handle(.key(.character("y")))
    #expect(input.value.count == TextInput.characterLimit)
  }

  @Test(
    "The part around the cursor is shown, and the cursor stands in it",
    arguments: [
      ("abc", 0, 6, "abc   ", 3), ("abcde", 0, 6, "abcde ", 5), ("abcdef", 0, 6, "bcdef ", 5),
      ("abcdef", 1, 6, "abcdef", 5), ("abcdefgh", 8, 6, "abcde…", 0),
      ("abcdefgh", 3, 6, "abcde…", 5),
      ("日本語", 0, 6, "本語  ", 4), ("日本語", 0, 2, "  ", 0), ("", 0, 6, "      ", 0),
      ("abc", 0, 1, " ", 0),
    ])
  func drawing(value: String, left: Int, columns: Int, row: String, cursor: Int) {
    var input = TextInput(value)
    for _ in 0..<left { _ = input.handle(.key(.left)) }
    let canvas = Canvas.drawn(columns: columns) { input.draw(in: Rect($0.size), on: &$0) }
    #expect(canvas.textRows == [row])
    #expect(canvas.cursor == Point(column: cursor, row: 0))
  }

  @Test("Without space neither text nor cursor is shown")
  func noSpace() {
    var canvas = Canvas(size: Size(columns: 3, rows: 1))
    TextInput("abc").draw(in: Rect(column: 0, row: 0, columns: 0, rows: 1), on: &canvas)
    TextInput("abc").draw(in: Rect(column: 0, row: 0, columns: 3, rows: 0), on: &canvas)
    #expect(canvas == Canvas(size: Size(columns: 3, rows: 1)))
  }
}
