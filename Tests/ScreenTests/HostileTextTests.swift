import Screen
import TestSupport
import Testing

@Suite("Hostile text")
struct HostileTextTests {
  /// A canvas in which every cell outside `rect` is recognized when it changes.
  private func wall(_ rect: Rect) -> Canvas {
    var canvas = Canvas(size: Size(columns: 12, rows: 5))
    for row in 0..<canvas.size.rows {
      canvas.draw("############", at: Point(column: 0, row: row), role: .border)
    }
    canvas.fill(rect)
    return canvas
  }

  private func changesOutside(_ rect: Rect, from before: Canvas, to after: Canvas) -> [Point] {
    (0..<before.size.rows).flatMap { row in
      (0..<before.size.columns).map { Point(column: $0, row: row) }
    }.filter { !rect.contains($0) && before[$0] != after[$0] }
  }

  private static let widths = [1, 2, 3, 7, 8]

  @Test("One line changes nothing beside its place", arguments: HostileText.all)
  func oneLine(text: HostileText) {
    for width in Self.widths {
      let rect = Rect(column: 2, row: 2, columns: width, rows: 1)
      let before = wall(rect)
      var after = before
      let used = after.draw(text.input, at: rect.origin, maxWidth: width, role: .critical)
      #expect(used <= width)
      #expect(changesOutside(rect, from: before, to: after) == [])
      #expect(after.brokenPromises == [])
    }
  }

  @Test("Aligned and wrapped text change nothing beside their place", arguments: HostileText.all)
  func manyLines(text: HostileText) {
    for width in Self.widths {
      let rect = Rect(column: 3, row: 1, columns: width, rows: 3)
      let before = wall(rect)
      for alignment in [Alignment.leading, .center, .trailing] {
        var after = before
        after.draw(text.input, in: rect, alignment: alignment, role: .critical)
        #expect(changesOutside(rect, from: before, to: after) == [])
        #expect(after.brokenPromises == [])
      }
      var after = before
      #expect(after.drawWrapped(text.input, in: rect, role: .critical) <= 3)
      #expect(changesOutside(rect, from: before, to: after) == [])
      #expect(after.brokenPromises == [])
    }
  }

  @Test("Text is clipped at every edge of the canvas", arguments: HostileText.all)
  func edges(text: HostileText) {
    for column in [-3, -1, 0, 9, 11, 12, 40] {
      for row in [-1, 0, 4, 5] {
        var canvas = wall(Rect(column: 0, row: 0, columns: 12, rows: 5))
        canvas.draw(text.input, at: Point(column: column, row: row), role: .critical)
        #expect(canvas.brokenPromises == [])
      }
    }
  }

  @Test("Every widget keeps hostile text inside", arguments: HostileText.all)
  func widgets(text: HostileText) {
    let rect = Rect(column: 1, row: 1, columns: 9, rows: 3)
    var input = TextInput()
    _ = input.handle(.paste(text.input))
    let draw: [(inout Canvas) -> Void] = [
      { Frame(title: text.input, note: text.input).draw(in: rect, on: &$0) },
      { Line([Span(text.input), Span(text.input, .page)]).draw(in: rect, on: &$0) },
      {
        Dialog(title: text.input, lines: [text.input], buttons: [text.input, "b"]).draw(
          in: rect, on: &$0)
      },
      { input.draw(in: rect, on: &$0) },
      {
        let column = TableColumn(title: text.input, width: .flexible(min: 3, max: 9, weight: 1))
        TableLayout([column, column], width: 9).drawHeadings(in: rect, on: &$0)
      },
    ]
    for body in draw {
      let before = wall(rect)
      var after = before
      body(&after)
      #expect(changesOutside(rect, from: before, to: after) == [])
      #expect(after.brokenPromises == [])
    }
  }

  @Test(
    "Random mixtures, drawn over each other, break no promise", arguments: 0..<20 as Range<UInt64>)
  func mixtures(seed: UInt64) {
    let scalars = HostileText.own.flatMap { $0.input.unicodeScalars.prefix(40) }
    var random = SeededNumbers(seed: seed)
    var canvas = Canvas(size: Size(columns: 12, rows: 5))
    for _ in 0..<300 {
      var text = ""
      for _ in 0..<Int.random(in: 0...15, using: &random) {
        text.unicodeScalars.append(scalars[Int.random(in: scalars.indices, using: &random)])
      }
      let rect = Rect(
        column: .random(in: 0...11, using: &random), row: .random(in: 0...4, using: &random),
        columns: .random(in: 0...12, using: &random), rows: .random(in: 0...3, using: &random))
      switch Int.random(in: 0...3, using: &random) {
      case 0: canvas.fill(rect)
      case 1: canvas.drawWrapped(text, in: rect, role: .page)
      case 2:
        canvas.draw(text, at: rect.origin, maxWidth: rect.columns, role: .text, ellipsis: false)
      default: canvas.draw(text, in: rect, alignment: .center, role: .dim)
      }
      #expect(canvas.brokenPromises == [])
    }
  }

  @Test("The corpus is large enough to mean something")
  func corpusIsThere() {
    #expect(HostileText.own.count >= 50)
  }
}

/// Numbers that are the same in every run: SplitMix64, by Steele, Lea and Flood (2014).
private struct SeededNumbers: RandomNumberGenerator {
  private var state: UInt64

  init(seed: UInt64) {
    state = seed
  }

  mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var mixed = state
    mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
    mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
    return mixed ^ (mixed >> 31)
  }
}
