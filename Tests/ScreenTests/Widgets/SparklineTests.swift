import TestSupport
import Testing

@testable import Screen

struct SparklineTests {
  private func line(_ samples: [Double?]) -> Sparkline {
    Sparkline(samples: samples, pageFactor: 16)
  }

  @Test(
    "The level follows the meaning of the burn rate",
    arguments: [
      (-1, 1), (0, 1), (0.33, 1), (0.34, 2), (0.66, 2), (0.67, 3), (0.999, 3),
      // From 1x to a page factor of 16 the steps are its fourth roots: 2, 4, 8.
      (1, 4), (1.99, 4), (2, 5), (3.99, 5), (4, 6), (7.99, 6), (8, 7), (15.99, 7),
      (16, 7), (16.01, 8), (1000, 8), (.infinity, 8),
    ] as [(Double, Int)])
  func level(burn: Double, level: Int) {
    #expect(line([]).level(of: burn) == level)
  }

  @Test("Signs and roles change at 1x and above the page factor, and unknown samples are dots")
  func drawing() {
    let canvas = Canvas.drawn(columns: 9) {
      line([nil, 0, 0.5, 0.9, 1, 5, 16, 16.1, .nan]).draw(in: Rect($0.size), on: &$0)
    }
    #expect(canvas.textRows == ["·▁▂▃▄▆▇█·"])
    #expect(canvas.roleRows == ["ulllooopu"])
  }

  @Test("In ASCII the levels differ too")
  func ascii() {
    let canvas = Canvas.drawn(columns: 9, glyphs: .ascii) {
      line([nil, 0, 0.5, 0.9, 1, 2, 4, 8, 17]).draw(in: Rect($0.size), on: &$0)
    }
    #expect(canvas.textRows == ["._,-:=+*#"])
  }

  @Test("With fewer samples than columns the newest stand at the right")
  func fewSamples() {
    let canvas = Canvas.drawn(columns: 5) { line([0, 17]).draw(in: Rect($0.size), on: &$0) }
    #expect(canvas.textRows == ["···▁█"])
    let empty = Canvas.drawn(columns: 3) { line([]).draw(in: Rect($0.size), on: &$0) }
    #expect(empty.textRows == ["···"])
  }

  @Test("With more samples than columns each bin takes its highest known burn")
  func manySamples() {
    #expect(line([1, 2, 3, 4]).bins(count: 2) == [2, 4])
    #expect(line([9, nil, nil, nil, .nan, 1]).bins(count: 3) == [9, nil, 1])
    #expect(line([1, 2, 3, 4, 5]).bins(count: 2) == [2, 5])
    #expect(line((0..<1000).map(Double.init)).bins(count: 3) == [332, 665, 999])
  }

  @Test("A page factor that is no step above 1x still draws")
  func oddPageFactors() {
    for factor in [0, 0.5, 1, -3, Double.nan, .infinity] {
      let canvas = Canvas.drawn(columns: 4) {
        Sparkline(samples: [0, 0.5, 1, .infinity], pageFactor: factor)
          .draw(in: Rect($0.size), on: &$0)
      }
      #expect(canvas.brokenPromises == [])
      #expect(!canvas.textRows.contains { $0.contains("·") })
    }
  }

  @Test("Without space nothing is drawn")
  func noSpace() {
    let canvas = Canvas.drawn(columns: 2) {
      line([1, 1]).draw(in: Rect(column: 0, row: 0, columns: 0, rows: 1), on: &$0)
      line([1, 1]).draw(in: Rect(column: 0, row: 0, columns: 2, rows: 0), on: &$0)
    }
    #expect(canvas.textRows == ["  "])
  }
}
