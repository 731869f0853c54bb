import Reliability
import TestSupport
import Testing

@testable import Dashboard

/// Figures and times as text.
@Suite struct WordsTests {
  @Test(
    "An SLI is cut, never rounded across its target",
    arguments: [
      (0.001, "0.999", "99.900"), (0.0010001, "0.999", "99.899"),
      (0.000_050_6, "0.99995", "99.99494"),
      (0.0, "0.999", "100"), (1e-9, "0.999", "99.999"), (0.5, "0.95", "50.00"),
      (1.0, "0.9", "0.00"),
    ])
  func sli(_ ratio: Double, _ objective: String, _ text: String) throws {
    let target = try Objective.sample(objective)
    #expect(Numerals.sli(errorRatio: ratio, objective: target) == text)
  }

  @Test(
    "Remaining budget is whole percent, rounded down",
    arguments: [
      (1.0, "100 %"), (0.35, "35 %"), (0.289, "28 %"), (0.004, "<1 %"), (0.0, "0 %"),
      (-0.0001, "-1 %"), (-0.4, "-40 %"), (-12.5, "-1250 %"), (-1e6, "<-9999 %"),
    ])
  func budgetLeft(_ remaining: Double, _ text: String) {
    #expect(Numerals.budgetLeft(remaining) == text)
  }

  @Test(
    "A burn rate has one decimal up to a hundred",
    arguments: [(0.0, "0.0x"), (0.44, "0.4x"), (14.4, "14.4x"), (99.94, "99.9x"), (640.2, "640x")])
  func burn(_ rate: Double, _ text: String) {
    #expect(Numerals.burn(rate) == text)
  }

  @Test(
    "A length names its two largest units, from ten on only the larger",
    arguments: [
      (0.001, "< 1 m"), (0.7, "42 m"), (1.0, "1 h"), (9.5, "9 h 30 m"), (17.5, "17 h"),
      (50.0, "2 d 2 h"), (239.99, "9 d 23 h"), (720.0, "30 d"),
    ])
  func length(_ hours: Double, _ text: String) {
    #expect(Words.length(hours: hours) == text)
  }

  @Test(
    "An age names its largest unit",
    arguments: [(0, "0s"), (59, "59s"), (60, "1m"), (3599, "59m"), (7200, "2h"), (200_000, "2d")])
  func age(_ seconds: Int, _ text: String) {
    #expect(Words.age(.seconds(seconds)) == text)
  }

  @Test(
    "Counts are whole, large ones in millions",
    arguments: [(0.0, "0"), (7.5, "7.50"), (4200.4, "4200"), (12e6, "12.0M"), (3.2e9, "3.2G")])
  func count(_ value: Double, _ text: String) {
    #expect(Numerals.count(value) == text)
  }
}
