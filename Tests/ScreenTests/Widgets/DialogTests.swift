import Screen
import TestSupport
import Testing

struct DialogTests {
  private let dialog = Dialog(
    title: "Silence", lines: ["Silences 7 alerts for 2 h."], buttons: ["Keep", "Silence"],
    selected: 0)

  @Test("The box stands in the middle, with the answers at the right")
  func drawing() {
    var box = Rect(Size(columns: 0, rows: 0))
    let canvas = Canvas.drawn(columns: 34, rows: 7) {
      box = dialog.draw(in: Rect($0.size), on: &$0)
    }
    #expect(box == Rect(column: 2, row: 1, columns: 30, rows: 5))
    #expect(
      canvas.textRows == [
        "                                  ",
        "  ┌ Silence ───────────────────┐  ",
        "  │ Silences 7 alerts for 2 h. │  ",
        "  │                            │  ",
        "  │       [▶Keep ] [ Silence ] │  ",
        "  └────────────────────────────┘  ",
        "                                  ",
      ])
    #expect(canvas.highlightRows[4] == "..........########................")
    #expect(canvas.roleRows[1] == "..DDGGGGGGGDDDDDDDDDDDDDDDDDDDDD..")
  }

  @Test("Text that is too long for the width is broken, not cut")
  func wrapped() {
    let canvas = Canvas.drawn(columns: 16, rows: 7) { dialog.draw(in: Rect($0.size), on: &$0) }
    #expect(
      canvas.textRows == [
        "┌ Silence ─────┐",
        "│ Silences 7   │",
        "│ alerts for 2 │",
        "│ h.           │",
        "│              │",
        "│ [▶Keep ] [ … │",
        "└──────────────┘",
      ])
  }

  @Test("When the height is short the answers stay")
  func lowHeight() {
    let canvas = Canvas.drawn(columns: 16, rows: 4) { dialog.draw(in: Rect($0.size), on: &$0) }
    #expect(
      canvas.textRows == [
        "┌ Silence ─────┐",
        "│ Silences 7 … │",
        "│ [▶Keep ] [ … │",
        "└──────────────┘",
      ])
  }

  @Test("When the width is short the selected answer stays")
  func selectedAnswer() {
    let other = Dialog(title: "", lines: [], buttons: ["Keep", "Silence"], selected: 1)
    let canvas = Canvas.drawn(columns: 16, rows: 4) { other.draw(in: Rect($0.size), on: &$0) }
    #expect(canvas.textRows[1].isEmpty == false)
    #expect(canvas.textRows.contains("│  [▶Silence ] │"))
  }

  @Test("Text without answers needs no row for them")
  func noAnswers() {
    let box = Dialog(title: "", lines: ["Saved.", "日本"])
    let canvas = Canvas.drawn(columns: 10, rows: 4, glyphs: .ascii) {
      box.draw(in: Rect($0.size), on: &$0)
    }
    #expect(canvas.textRows == ["+--------+", "| Saved. |", "| 日本   |", "+--------+"])
  }

  @Test("What lies under the box is gone, highlights too")
  func covers() {
    let canvas = Canvas.drawn(columns: 34, rows: 7) {
      $0.draw(String(repeating: "日", count: 17), at: Point(column: 0, row: 2), role: .page)
      $0.highlight(Rect($0.size))
      dialog.draw(in: Rect($0.size), on: &$0)
    }
    #expect(canvas.textRows[2] == "日│ Silences 7 alerts for 2 h. │日")
    #expect(canvas.highlightRows[2] == "##..............................##")
    #expect(canvas.brokenPromises == [])
  }

  @Test("At every size it stays inside")
  func sizes() {
    for columns in 0...34 {
      for rows in 0...7 {
        var canvas = Canvas(size: Size(columns: columns, rows: rows))
        let box = dialog.draw(in: Rect(canvas.size), on: &canvas)
        #expect(box.columns <= columns && box.rows <= rows)
        #expect(canvas.brokenPromises == [])
      }
    }
  }
}
