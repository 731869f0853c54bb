import Screen
import Testing

struct KeyTests {
  private static let all: [Key] =
    (0x20..<0x7F).map { .character(Character(Unicode.Scalar($0))) }
    + "äß日€".map { .character($0) }
    + "abcdefghijklmnopqrstuvwxyz\\]^_ ".map { .control($0) }
    + "abzABZ019<>- ".map { .alt($0) }
    + (1...63).map { .function($0) }
    + [
      .enter, .escape, .tab, .backTab, .backspace, .delete, .insert, .up, .down, .left, .right,
      .home, .end, .pageUp, .pageDown,
    ]

  @Test("Every key is found by its name")
  func roundTrip() {
    for key in Self.all { #expect(Key(name: key.name) == key, "\(key.name)") }
    #expect(Set(Self.all.map(\.name)).count == Self.all.count)
  }

  @Test(
    "Names are spelled as documents spell them",
    arguments: [
      (Key.character("j"), "j"), (.character("G"), "G"), (.character(" "), "Space"),
      (.control("d"), "ctrl-d"), (.control(" "), "ctrl-Space"), (.alt("x"), "alt-x"),
      (.alt("X"), "alt-X"), (.enter, "Enter"), (.escape, "Esc"), (.tab, "Tab"),
      (.backTab, "shift-Tab"), (.pageUp, "PgUp"), (.pageDown, "PgDn"), (.function(1), "F1"),
    ])
  func spelling(key: Key, name: String) {
    #expect(key.name == name)
  }

  @Test(
    "Named keys are found in any case",
    arguments: [
      ("ENTER", Key.enter), ("esc", .escape), ("SHIFT-TAB", .backTab), ("pgdn", .pageDown),
      ("space", .character(" ")), ("f12", .function(12)), ("CTRL-D", .control("d")),
      ("Alt-X", .alt("X")), ("alt-SPACE", .alt(" ")), (" ", .character(" ")),
      ("f", .character("f")),
    ])
  func anyCase(name: String, key: Key) {
    #expect(Key(name: name) == key)
  }

  @Test(
    "Names of no key find nothing",
    arguments: [
      "", "jj", "Entr", "F0", "F64", "F01", "F+1", "F-1", "ctrl-", "ctrl-xy", "alt-", "shift-x",
      "\n", "\u{1B}", "\u{202E}", "\u{301}", "ctrl-\u{7}",
    ])
  func unknown(name: String) {
    #expect(Key(name: name) == nil)
  }
}
