import Testing

@testable import Reliability

/// Formulas as text: what is reckoned first stands together, with names and with numbers alike.
@Suite struct FormulaTests {
  private let bad = Formula("bad(1h)", 655.25)
  private let total = Formula("total(1h)", 36_000)
  private let budget = Formula("budget", Fraction(1, over: 1000))

  @Test("A formula has one text of names and one of numbers")
  func twoTexts() {
    let burn = bad / total / budget
    #expect(burn.names == "bad(1h) / total(1h) / budget")
    #expect(burn.figures == "655.25 / 36000 / 0.001")
  }

  @Test("Parentheses stand where the order needs them and nowhere else")
  func parentheses() {
    #expect(((total - bad) / total).names == "(total(1h) - bad(1h)) / total(1h)")
    #expect((bad / (total * budget)).names == "bad(1h) / (total(1h) * budget)")
    #expect((total - (bad - budget)).names == "total(1h) - (bad(1h) - budget)")
    #expect((total - bad * budget).names == "total(1h) - bad(1h) * budget")
    #expect((bad / total).clamped.names == "clamped(bad(1h) / total(1h))")
  }

  @Test("Numbers below zero and fractions without a decimal stand in parentheses")
  func bracketedNumbers() {
    #expect((1 - Formula("left", -0.4)).figures == "1 - (-0.4)")
    #expect((bad / Formula("factor", Fraction(10, over: 3))).figures == "655.25 / (10 / 3)")
  }

  @Test("Comparisons are looser than everything else")
  func comparisons() {
    #expect(bad.above(budget * total).names == "bad(1h) > budget * total(1h)")
    #expect((total * budget).below(1).figures == "36000 * 0.001 < 1")
    #expect(bad.atLeast(3).figures == "655.25 >= 3")
  }

  @Test(
    "A number's text reads back as the same number",
    arguments: [0.1 + 0.2, 1.0 / 3, 6.5e-17, 12_000_000, 1e300, -0.4, 4_503_599_627_370_497.5])
  func fullPrecision(_ value: Double) {
    #expect(Double(Formula.text(of: value)) == value)
  }
}
