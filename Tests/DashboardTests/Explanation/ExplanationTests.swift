import Foundation
import Reliability
import Testing

/// "Why this number": whoever recomputes the printed page by hand comes to the program's figures.
@Suite struct ExplanationTests {
  private func isSame(_ left: Double, _ right: Double) -> Bool {
    left == right || abs(left - right) <= 1e-9 * max(abs(left), abs(right))
  }

  @Test("The calculator of these tests reads from the left and knows only printed names")
  func calculator() throws {
    #expect(try Arithmetic.value(of: "7 - 2 - (10 / 4) * 2") == 0)
    #expect(try Arithmetic.value(of: "8 / 4 / (-2) + 5e-1") == -0.5)
    #expect(try Arithmetic.value(of: "clamped(a(1h) / 2)", knowing: ["a(1h)": 2.1]) == 1)
    #expect(throws: Arithmetic.Failure.self) { try Arithmetic.value(of: "2 * missing") }
    #expect(throws: Arithmetic.Failure.self) { try Arithmetic.value(of: "(2 + 3") }
  }

  @Test(
    "Every printed equation comes out, by its numbers and by the names above it",
    arguments: ExplainedCase.allCases)
  func equations(_ example: ExplainedCase) throws {
    let page = try PrintedExplanation(example.explained().explanation)
    var known: [String: Double] = [:]
    for equation in page.equations {
      if let formula = equation.formula {
        let byFigures = try Arithmetic.value(of: formula.figures)
        let byNames = try Arithmetic.value(of: formula.names, knowing: known)
        #expect(isSame(byFigures, equation.value), "\(equation)")
        #expect(isSame(byNames, equation.value), "\(equation)")
      }
      #expect(known.updateValue(equation.value, forKey: equation.name) == nil, "\(equation.name)")
    }
    #expect(page.equations.count { $0.formula != nil } > 20)
  }

  @Test(
    "Every printed comparison comes out as it says, by its numbers and by its names",
    arguments: ExplainedCase.allCases)
  func comparisons(_ example: ExplainedCase) throws {
    let page = try PrintedExplanation(example.explained().explanation)
    let known = page.values
    for comparison in page.comparisons {
      let byFigures = try PrintedExplanation.Comparison.isTrue(comparison.figures)
      let byNames = try PrintedExplanation.Comparison.isTrue(comparison.names, knowing: known)
      #expect(byFigures == comparison.holds, "\(comparison)")
      #expect(byNames == comparison.holds, "\(comparison)")
    }
    #expect(page.comparisons.count { $0.name.hasSuffix("window above") } >= 2)
  }

  @Test("Both answers of a comparison occur in the cases")
  func bothVerdicts() throws {
    let all = try ExplainedCase.allCases.flatMap { example in
      try PrintedExplanation(example.explained().explanation).comparisons
    }
    for name in ["long window above", "short window above", "low traffic", "enough bad events"] {
      #expect(Set(all.filter { $0.name == name }.map(\.holds)) == [true, false], "\(name)")
    }
  }

  @Test(
    "The budget follows from the raw counts on the same page", arguments: ExplainedCase.allCases)
  func budget(_ example: ExplainedCase) throws {
    let (state, explanation) = try example.explained()
    let printed = try PrintedExplanation(explanation).values
    let budget = try #require(state.budget)
    let spent = try burnRate(over: state.objectiveWindow.name, in: printed)
    let passed =
      state.period == nil
      ? 1 : try #require(printed["elapsed"]) / #require(printed["period"])
    #expect(isSame(spent * passed, budget.consumed))
    #expect(isSame(1 - spent * passed, budget.remaining))
  }

  @Test(
    "Each burn rate follows from the raw counts of its window", arguments: ExplainedCase.allCases)
  func burnRates(_ example: ExplainedCase) throws {
    let (state, explanation) = try example.explained()
    let printed = try PrintedExplanation(explanation).values
    let windows = state.burnWindows.map(\.state) + [state.objectiveWindow]
    for window in windows {
      let rate = try #require(window.burnRate)
      #expect(isSame(try burnRate(over: window.name, in: printed), rate), "\(window.name)")
    }
    #expect(windows.count == 8)
  }

  /// From the counts alone: neither the printed error ratio nor the printed budget is used.
  private func burnRate(over window: String, in printed: [String: Double]) throws -> Double {
    let total = try #require(printed["total(\(window))"])
    let bad =
      if let good = printed["good(\(window))"] { total - good } else {
        try #require(printed["bad(\(window))"])
      }
    return bad / total / (1 - (try #require(printed["objective"])))
  }

  @Test("The worked example of the documentation is what the program prints")
  func workedExample() throws {
    let root = (0..<4).reduce(URL(filePath: #filePath).resolvingSymlinksInPath()) { url, _ in
      url.deletingLastPathComponent()
    }
    let page = try String(contentsOf: root.appending(path: "docs/explain.md"), encoding: .utf8)
    let chapter = try #require(page.split(separator: "## A worked example\n").last)
    let example = try #require(chapter.split(separator: "```\n").dropFirst().first)
    let lines = try PrintedExplanation(ExplainedCase.latency.explained().explanation).lines
    let documented = example.split(separator: "\n", omittingEmptySubsequences: false).map(
      String.init)
    #expect(lines == documented.dropLast())
  }
}
