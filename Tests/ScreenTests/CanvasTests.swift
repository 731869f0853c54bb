import TestSupport
import Testing

@testable import Screen

struct CanvasTests {
  private let origin = Point(column: 0, row: 0)

  @Test("A new canvas is blank, and without cells when it has no size")
  func blank() {
    #expect(Canvas(size: Size(columns: 3, rows: 2)).textRows == ["   ", "   "])
    #expect(Canvas(size: Size(columns: 3, rows: 2)).roleRows == ["...", "..."])
    #expect(Canvas(size: Size(columns: 0, rows: 2)).textRows == ["", ""])
    #expect(Canvas(size: Size(columns: 4, rows: 0)).textRows == [])
    #expect(Canvas(size: Size(columns: 4, rows: 1)).row(1).isEmpty)
    #expect(Canvas(size: Size(columns: 4, rows: 1)).row(-1).isEmpty)
  }

  @Test(
    "Text is cut with an ellipsis at the width it may take",
    arguments: [
      ("abc", 5, "abc  ", 3), ("abcde", 5, "abcde", 5), ("abcdef", 5, "abcd…", 5),
      ("abcdef", 1, "…    ", 1), ("abcdef", 0, "     ", 0), ("abc", -1, "     ", 0),
      ("", 5, "     ", 0), ("äbc", 5, "äbc  ", 3), ("äbcdef", 5, "äbcd…", 5),
      ("äbcde", 5, "äbcde", 5), ("äb", 1, "…    ", 1),
      ("日本", 5, "日本 ", 4), ("日本", 4, "日本 ", 4), ("日本", 3, "日…  ", 3),
      ("日本語", 4, "日 … ", 4), ("日本語", 5, "日本…", 5), ("日", 1, "…    ", 1),
      ("e\u{301}e\u{301}", 5, "e\u{301}e\u{301}   ", 2),
      ("abcde\u{301}", 5, "abcde\u{301}", 5), ("abcdefg", .max, "abcd…", 5),
    ])
  func ellipsis(text: String, maxWidth: Int, row: String, columns: Int) {
    var canvas = Canvas(size: Size(columns: 5, rows: 1))
    let used = canvas.draw(text, at: origin, maxWidth: maxWidth, role: .text)
    #expect(canvas.textRows == [row])
    #expect(used == columns)
    #expect(canvas.brokenPromises == [])
  }

  @Test(
    "Without an ellipsis text simply stops, and a straddling wide character is a space",
    arguments: [
      ("abcdef", 5, "abcde", 5), ("日本語", 5, "日本 ", 5), ("日本語", 3, "日   ", 3),
      ("日", 1, "     ", 1),
    ])
  func withoutEllipsis(text: String, maxWidth: Int, row: String, columns: Int) {
    var canvas = Canvas(size: Size(columns: 5, rows: 1))
    let used = canvas.draw(text, at: origin, maxWidth: maxWidth, role: .text, ellipsis: false)
    #expect(canvas.textRows == [row])
    #expect(used == columns)
  }

  @Test("The space of a straddling wide character covers what was there")
  func straddleCovers() {
    let canvas = Canvas.drawn(columns: 5) {
      $0.draw("#####", at: origin, role: .text)
      $0.draw("日本語", at: origin, maxWidth: 3, role: .dim, ellipsis: false)
    }
    #expect(canvas.textRows == ["日 ##"])
    #expect(canvas.roleRows == ["ddd.."])
  }

  @Test("In ASCII the ellipsis is ASCII")
  func asciiEllipsis() {
    let canvas = Canvas.drawn(columns: 4, glyphs: .ascii) {
      $0.draw("abcdef", at: origin, role: .text)
    }
    #expect(canvas.textRows == ["abc~"])
  }

  @Test(
    "Text that begins left of the canvas shows its end",
    arguments: [
      (-1, "abcd", "bcd "), (-4, "abcd", "    "), (-9, "abcd", "    "), (-1, "日本", " 本 "),
      (-2, "日本", "本  "),
    ])
  func clippedLeft(column: Int, text: String, row: String) {
    let canvas = Canvas.drawn(columns: 4) {
      $0.draw(text, at: Point(column: column, row: 0), role: .text)
    }
    #expect(canvas.textRows == [row])
    #expect(canvas.brokenPromises == [])
  }

  @Test(
    "Drawing outside the canvas does nothing",
    arguments: [
      Point(column: 4, row: 0), Point(column: 0, row: 2), Point(column: 0, row: -1),
      Point(column: .max, row: 0), Point(column: .min, row: 0), Point(column: 0, row: .min),
    ])
  func outside(point: Point) {
    let canvas = Canvas.drawn(columns: 4, rows: 2) {
      #expect($0.draw("abcd", at: point, role: .page) == 0)
      $0.put("x", at: point, role: .page)
    }
    #expect(canvas == Canvas(size: Size(columns: 4, rows: 2)))
  }

  @Test(
    "Drawing over half of a wide character leaves a space for the other half",
    arguments: [
      (0, "x", "x 本"), (1, "x", " x本"), (2, "x", "日x "), (3, "x", "日 x"),
      (1, "警", " 警 "), (0, "é", "é 本"), (1, "xy", " xy "),
    ])
  func halves(column: Int, text: String, row: String) {
    let canvas = Canvas.drawn(columns: 4) {
      $0.draw("日本", at: origin, role: .text)
      $0.draw(text, at: Point(column: column, row: 0), role: .text)
    }
    #expect(canvas.textRows == [row])
    #expect(canvas.brokenPromises == [])
  }

  @Test("Filling half of a wide character leaves a space for the other half")
  func fillHalves() {
    let canvas = Canvas.drawn(columns: 4) {
      $0.draw("日本", at: origin, role: .text)
      $0.fill(Rect(column: 1, row: 0, columns: 2, rows: 1), role: .dim)
    }
    #expect(canvas.textRows == ["    "])
    #expect(canvas.roleRows == [".dd."])
    #expect(canvas.brokenPromises == [])
  }

  @Test("A highlight stays when its cells are drawn again and goes when they are filled")
  func highlight() {
    var canvas = Canvas(size: Size(columns: 6, rows: 2))
    canvas.highlight(Rect(column: 1, row: 0, columns: 4, rows: 9))
    canvas.draw("日x", at: Point(column: 1, row: 0), role: .page)
    canvas.put("◆", at: Point(column: 4, row: 0), role: .page)
    #expect(canvas.highlightRows == [".####.", ".####."])
    #expect(canvas.roleRows == [".PPPP.", "......"])
    canvas.fill(Rect(column: 2, row: 1, columns: 2, rows: 1))
    #expect(canvas.highlightRows == [".####.", ".#..#."])
  }

  @Test("Marks share the cell of their base, four at most")
  func marks() {
    let canvas = Canvas.drawn(columns: 2) {
      $0.draw("e\u{301}\u{302}\u{303}\u{304}\u{305}", at: origin, role: .text)
    }
    #expect(canvas.cells[0].base == "e")
    #expect(Array(canvas.cells[0].marks) == ["\u{301}", "\u{302}", "\u{303}", "\u{304}"])
    #expect(canvas.cells[1] == .blank)
    #expect(canvas.cells[0] != Cell("e"))
  }

  @Test(
    "Only a sign of one cell is put; anything else becomes the replacement sign",
    arguments: [("◆", "◆"), ("日", "?"), ("\u{301}", "?"), ("\u{1B}", "?"), ("\n", "?")]
      as [(Unicode.Scalar, String)])
  func put(glyph: Unicode.Scalar, text: String) {
    let canvas = Canvas.drawn(columns: 1, glyphs: .ascii) {
      $0.put(glyph, at: origin, role: .text)
    }
    #expect(canvas.textRows == [text])
  }

  @Test(
    "A line stands where its alignment says, and is cut at the end",
    arguments: [
      ("ab", Alignment.leading, "ab     "), ("ab", .center, "  ab   "),
      ("ab", .trailing, "     ab"),
      ("日本", .trailing, "   日本"), ("日本", .center, " 日本  "),
      ("abcdefghi", .trailing, "abcdef…"), ("abcdefghi", .center, "abcdef…"),
    ])
  func alignment(text: String, alignment: Alignment, row: String) {
    let canvas = Canvas.drawn(columns: 7) {
      $0.draw(text, in: Rect($0.size), alignment: alignment, role: .text)
    }
    #expect(canvas.textRows == [row])
  }

  @Test(
    "Wrapped text breaks between words and ends in an ellipsis when cut",
    arguments: [
      ("one two six", 3, ["one two", "six    ", "       "], 2),
      ("one two three four five", 3, ["one two", "three  ", "four … "], 3),
      ("a\nb", 3, ["a      ", "b      ", "       "], 2),
      ("a\nb\nc\nd", 3, ["a      ", "b      ", "c …    "], 3),
      ("one two three", 1, ["one tw…", "       ", "       "], 1), ("x", 0, ["", ""], 0),
    ])
  func wrapped(text: String, rows: Int, lines: [String], used: Int) {
    var canvas = Canvas(size: Size(columns: 7, rows: 3))
    let rect = Rect(column: 0, row: 0, columns: 7, rows: rows)
    #expect(canvas.drawWrapped(text, in: rect, role: .text) == used)
    if rows > 0 { #expect(canvas.textRows == lines) }
  }

  @Test("What lies behind more invisible text than a line may hold is cut, and the cut is shown")
  func invisibleFlood() {
    let flood = String(repeating: "\u{200B}", count: Sanitizer.scalarLimit)
    let canvas = Canvas.drawn(columns: 4, rows: 2) {
      $0.draw("a" + flood + "b", at: origin, role: .text)
      $0.draw("ab" + flood.dropLast(2), at: Point(column: 0, row: 1), role: .text)
    }
    #expect(canvas.textRows == ["a…  ", "ab  "])
  }

  @Test("Canvases are equal when cells, cursor and signs are")
  func equality() {
    let blank = Canvas(size: Size(columns: 2, rows: 1))
    var other = blank
    #expect(blank == other)
    other.cursor = origin
    #expect(blank != other)
    #expect(blank != Canvas(size: Size(columns: 2, rows: 1), glyphs: .ascii))
  }
}
