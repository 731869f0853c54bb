import Screen
import Testing

struct GeometryTests {
  private let rect = Rect(column: 2, row: 1, columns: 10, rows: 5)

  @Test("Negative sizes count as nothing")
  func negativeSizes() {
    #expect(Size(columns: -1, rows: 3) == Size(columns: 0, rows: 3))
    #expect(Rect(column: 1, row: 1, columns: -5, rows: 2).isEmpty)
  }

  @Test(
    "A rectangle contains its corners and nothing beside them",
    arguments: [
      (Point(column: 2, row: 1), true), (Point(column: 11, row: 5), true),
      (Point(column: 1, row: 1), false), (Point(column: 12, row: 5), false),
      (Point(column: 11, row: 6), false), (Point(column: 2, row: 0), false),
    ])
  func contains(point: Point, isInside: Bool) {
    #expect(rect.contains(point) == isInside)
  }

  @Test(
    "Cutting gives two parts that add up, however much is asked for",
    arguments: [-1, 0, 1, 4, 5, 10, 99])
  func splits(amount: Int) {
    let rows = min(max(0, amount), 5)
    let columns = min(max(0, amount), 10)
    #expect(rect.splitTop(amount).top == Rect(column: 2, row: 1, columns: 10, rows: rows))
    #expect(
      rect.splitTop(amount).rest == Rect(column: 2, row: 1 + rows, columns: 10, rows: 5 - rows))
    #expect(
      rect.splitBottom(amount).bottom
        == Rect(column: 2, row: 6 - rows, columns: 10, rows: rows))
    #expect(rect.splitBottom(amount).rest == Rect(column: 2, row: 1, columns: 10, rows: 5 - rows))
    #expect(rect.splitLeft(amount).left == Rect(column: 2, row: 1, columns: columns, rows: 5))
    #expect(
      rect.splitLeft(amount).rest
        == Rect(column: 2 + columns, row: 1, columns: 10 - columns, rows: 5))
    #expect(
      rect.splitRight(amount).right
        == Rect(column: 12 - columns, row: 1, columns: columns, rows: 5))
    #expect(rect.splitRight(amount).rest == Rect(column: 2, row: 1, columns: 10 - columns, rows: 5))
  }

  @Test("Intersection is what both share")
  func intersection() {
    let other = Rect(column: 8, row: 0, columns: 10, rows: 3)
    #expect(rect.intersection(other) == Rect(column: 8, row: 1, columns: 4, rows: 2))
    #expect(rect.intersection(other) == other.intersection(rect))
    #expect(rect.intersection(Rect(column: 12, row: 1, columns: 3, rows: 3)).isEmpty)
  }

  @Test(
    "A box in the middle has as much space on both sides, and never more than there is",
    arguments: [
      (4, 1, Rect(column: 5, row: 3, columns: 4, rows: 1)),
      (3, 2, Rect(column: 5, row: 2, columns: 3, rows: 2)),
      (99, 99, Rect(column: 2, row: 1, columns: 10, rows: 5)),
      (0, -1, Rect(column: 7, row: 3, columns: 0, rows: 0)),
    ])
  func centered(columns: Int, rows: Int, box: Rect) {
    #expect(rect.centered(columns: columns, rows: rows) == box)
  }

  @Test("Insets shrink to nothing, never below")
  func insets() {
    #expect(rect.inset(by: 1) == Rect(column: 3, row: 2, columns: 8, rows: 3))
    #expect(rect.inset(horizontal: 2, vertical: 0) == Rect(column: 4, row: 1, columns: 6, rows: 5))
    #expect(rect.inset(by: 3).isEmpty)
    #expect(rect.intersection(rect.inset(by: 99)).isEmpty)
  }
}
