import Screen
import TestSupport
import Testing

struct LineTests {
  private let line = Line([Span("18.2x", .burnPage), Span(" "), Span("exhausted", .exhausted)])

  @Test("The width is that of all spans")
  func width() {
    #expect(line.width == 15)
    #expect(Line([]).width == 0)
    #expect(Line([Span("日本"), Span("e\u{301}")]).width == 5)
  }

  @Test(
    "A line is cut once, at its end",
    arguments: [
      (16, "18.2x exhausted ", "ppppp.XXXXXXXXX.", 15),
      (15, "18.2x exhausted", "ppppp.XXXXXXXXX", 15),
      (14, "18.2x exhaust…", "ppppp.XXXXXXXX", 14), (7, "18.2x …", "ppppp..", 7),
      (6, "18.2x…", "pppppp", 6), (5, "18.2…", "ppppp", 5), (1, "…", ".", 1), (0, "", "", 0),
    ])
  func cut(columns: Int, text: String, roles: String, used: Int) {
    var canvas = Canvas(size: Size(columns: columns, rows: 1))
    #expect(line.draw(in: Rect(canvas.size), on: &canvas) == used)
    #expect(canvas.textRows == [text])
    #expect(canvas.roleRows == [roles])
  }

  @Test("A line stands where its alignment says")
  func alignment() {
    let line = Line([Span("日"), Span("b")])
    for (alignment, row) in [
      (Alignment.leading, "日b    "), (.center, "  日b  "), (.trailing, "    日b"),
    ] {
      let canvas = Canvas.drawn(columns: 7) {
        line.draw(in: Rect($0.size), on: &$0, alignment: alignment)
      }
      #expect(canvas.textRows == [row])
    }
  }
}
