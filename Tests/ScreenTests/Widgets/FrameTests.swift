import Screen
import TestSupport
import Testing

struct FrameTests {
  @Test(
    "A narrow frame loses its note first and then the end of its title",
    arguments: [
      (20, "┌ Alerts ── 2 open ┐"), (19, "┌ Alerts ─ 2 open ┐"), (18, "┌ Alerts ───────┐ "),
      (10, "┌ Alerts ┐"), (9, "┌ Aler… ┐"), (5, "┌ … ┐"), (4, "┌──┐"), (3, "┌─┐"), (2, "┌┐"),
      (1, " "), (0, ""),
    ])
  func captions(columns: Int, top: String) {
    let width = top.hasSuffix(" ") && columns > 1 ? columns - 1 : columns
    let canvas = Canvas.drawn(columns: columns, rows: 2) {
      let rect = Rect(column: 0, row: 0, columns: width, rows: 2)
      Frame(title: "Alerts", note: "2 open").draw(in: rect, on: &$0)
    }
    #expect(canvas.textRows.first == top)
  }

  @Test("The border surrounds the space that it gives back")
  func border() {
    var inner = Rect(Size(columns: 0, rows: 0))
    let canvas = Canvas.drawn(columns: 7, rows: 4) {
      inner = Frame(title: "", isFocused: true).draw(in: Rect($0.size), on: &$0)
      $0.fill(inner, role: .dim)
    }
    #expect(inner == Rect(column: 1, row: 1, columns: 5, rows: 2))
    #expect(canvas.textRows == ["┌─────┐", "│     │", "│     │", "└─────┘"])
    #expect(canvas.roleRows == ["BBBBBBB", "BdddddB", "BdddddB", "BBBBBBB"])
  }

  @Test("Title, note and border have their roles")
  func roles() {
    let canvas = Canvas.drawn(columns: 12, rows: 2) {
      Frame(title: "ab", note: "cd").draw(in: Rect($0.size), on: &$0)
    }
    #expect(canvas.textRows == ["┌ ab ── cd ┐", "└──────────┘"])
    #expect(canvas.roleRows == ["bbTTbbbbddbb", "bbbbbbbbbbbb"])
  }

  @Test("In ASCII it is drawn with ASCII")
  func ascii() {
    let canvas = Canvas.drawn(columns: 6, rows: 3, glyphs: .ascii) {
      Frame(title: "日本").draw(in: Rect($0.size), on: &$0)
    }
    #expect(canvas.textRows == ["+  ~ +", "|    |", "+----+"])
  }

  @Test(
    "Without room for a border nothing is drawn and no space is left",
    arguments: [Size(columns: 9, rows: 1), Size(columns: 1, rows: 9), Size(columns: 0, rows: 0)])
  func tooSmall(size: Size) {
    var canvas = Canvas(size: size)
    let inner = Frame(title: "Title").draw(in: Rect(size), on: &canvas)
    #expect(inner.isEmpty)
    #expect(canvas == Canvas(size: size))
  }
}
