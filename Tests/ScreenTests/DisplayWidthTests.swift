import Testing

@testable import Screen

struct DisplayWidthTests {
  @Test(
    "Scalars take the cells that the C library gives them",
    arguments: [
      ("a", 1), ("~", 1), (" ", 1), ("é", 1), ("ß", 1), ("Ж", 1), ("…", 1), ("─", 1), ("█", 1),
      ("●", 1), ("▲", 1), ("→", 1), ("◆", 1), ("⣿", 1), ("⚠", 1), ("✔", 1), ("√", 1),
      ("✅", 2), ("🔥", 2), ("🚨", 2), ("日", 2), ("한", 2), ("Ａ", 2), ("￥", 2), ("\u{3000}", 2),
      ("\u{0301}", 0), ("\u{20E3}", 0), ("\u{11A8}", 0), ("\u{0E34}", 0),
    ] as [(Unicode.Scalar, Int)])
  func widthOfScalar(scalar: Unicode.Scalar, width: Int) {
    #expect(DisplayWidth.of(scalar) == width)
  }

  @Test(
    "Scalars without a width of their own have none",
    arguments: [
      "\0", "\u{1B}", "\n", "\u{7F}", "\u{9B}", "\u{AD}", "\u{200B}", "\u{202E}", "\u{E000}",
      "\u{10FFFF}", "\u{FFFF}", "\u{0378}", "\u{1FAE9}", "\u{4DC0}", "\u{3248}",
    ] as [Unicode.Scalar])
  func widthless(scalar: Unicode.Scalar) {
    #expect(DisplayWidth.of(scalar) == nil)
  }

  @Test(
    "Text takes the sum of what is left after sanitizing",
    arguments: [
      ("", 0), ("plain", 5), ("e\u{301}", 1), ("日本", 4), ("a\tb", 3), ("A\u{202E}B", 2),
      ("🇩🇪", 2), ("👨‍👩‍👧", 6), ("👍🏽", 2), ("⚠\u{FE0F}|", 2), ("a\r\nb", 3), ("\u{1FAE9}", 1),
    ])
  func widthOfText(text: String, width: Int) {
    #expect(DisplayWidth.of(text) == width)
    #expect(DisplayWidth.of(text[...]) == width)
  }

  @Test("No more than the limit is measured")
  func limit() {
    let long = String(repeating: "x", count: 2 * Sanitizer.scalarLimit)
    #expect(DisplayWidth.of(long) == Sanitizer.scalarLimit)
  }

  @Test("The short cut for the program's own signs agrees with the table")
  func shortCut() {
    for value in UInt32(0x2500)..<0x25FD {
      #expect(DisplayWidthTable.entry(for: value) == 1)
    }
  }

  @Test("The table's runs ascend and neighbors differ")
  func table() {
    let runs = DisplayWidthTable.runs
    #expect(runs.first == DisplayWidthTable.none)
    for (run, next) in zip(runs, runs.dropFirst()) {
      #expect(run >> 2 < next >> 2)
      #expect(run & 3 != next & 3)
    }
    #expect(DisplayWidth.unicodeVersion.split(separator: ".").count == 3)
  }
}
