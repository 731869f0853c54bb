import Foundation
import Screen
import TestSupport
import Testing

/// The snapshot helper itself.
struct ScreenSnapshotTests {
  private let canvas = Canvas.drawn(columns: 5, rows: 2, glyphs: .ascii) {
    $0.draw("日", at: Point(column: 1, row: 0), role: .page)
    $0.draw("ab", at: Point(column: 0, row: 1), role: .dim)
    $0.highlight(Rect(column: 0, row: 1, columns: 2, rows: 1))
    $0.highlight(Rect(column: 4, row: 1, columns: 1, rows: 1))
    $0.cursor = Point(column: 2, row: 1)
  }

  @Test("The file shows text, roles, highlights and the letters that are used")
  func format() {
    #expect(
      ScreenSnapshot(canvas: canvas, note: "A small screen.").text == """
        # A small screen.
        # 5x2, ASCII glyphs, cursor row 2, column 3
        # ⁃ is the right half of a wide character

        text
          1| 日⁃  |
          2|ab   |

        roles
          1|.PP..|
          2|dd...| highlighted 1-2, 5

        legend
        . text
        d dim
        P page

        """)
  }

  @Test("The difference names the lines that changed")
  func difference() {
    #expect(
      ScreenSnapshot.difference(from: "a\nb\nc", to: "a\nx\nc\nd")
        == "line 2\n- b\n+ x\nline 4\n+ d")
    #expect(ScreenSnapshot.difference(from: "a", to: "a") == "")
  }

  @Test("A missing file is written and fails once; then it is compared")
  func recording() throws {
    let folder = FileManager.default.temporaryDirectory
      .appending(path: "burnwatch-\(UUID().uuidString)")
    defer { try? FileManager.default.removeItem(at: folder) }
    let test = folder.appending(path: "SomeTests.swift").path
    let compare = { (canvas: Canvas) in
      try assertSnapshot(of: canvas, named: "small", note: "Small.", filePath: test)
    }
    let first = #expect(throws: SnapshotMismatch.self) { try compare(canvas) }
    #expect(
      first?.description
        == "Recorded Snapshots/SomeTests/small.txt. Look at it and run the test again.")
    try compare(canvas)
    var other = canvas
    other.draw("x", at: Point(column: 0, row: 1), role: .dim)
    let second = #expect(throws: SnapshotMismatch.self) { try compare(other) }
    #expect(second?.description.contains("line 7\n-   2|ab   |\n+   2|xb   |") == true)
    #expect(second?.description.contains("RECORD_SNAPSHOTS=1") == true)
  }
}
