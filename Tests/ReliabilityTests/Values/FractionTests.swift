import Reliability
import TestSupport
import Testing

@Suite("Exact numbers")
struct FractionTests {
  @Test(
    "A plain decimal is read exactly",
    arguments: [
      ("99.9", 999, 10), ("0.999", 999, 1000), ("0.5", 1, 2), ("-0.5", -1, 2), ("-0", 0, 1),
      ("14.4", 72, 5), ("0", 0, 1), ("0.000", 0, 1), ("007", 7, 1), ("100.0", 100, 1),
      ("123456789012", 123_456_789_012, 1), ("0.000000000001", 1, 1_000_000_000_000),
    ] as [(String, Int128, Int128)])
  func reads(text: String, numerator: Int128, denominator: Int128) throws {
    let fraction = try #require(Fraction(decimal: text))
    #expect(fraction.numerator == numerator)
    #expect(fraction.denominator == denominator)
  }

  @Test(
    "Anything else than a plain decimal is refused",
    arguments: [
      "", "-", ".", "1.", ".5", "1e3", "+1", "--1", "1.2.3", "1,5", " 1", "1 ", "99.9%", "nan",
      "inf", "0x10", "١", "1234567890123", "0.1234567890123",
    ])
  func refuses(text: String) {
    #expect(Fraction(decimal: text) == nil)
  }

  @Test(
    "A fraction is kept reduced, with its sign above",
    arguments: [
      (6, 4, 3, 2), (-6, 4, -3, 2), (6, -4, -3, 2), (-6, -4, 3, 2), (0, -7, 0, 1), (5, 0, 5, 1),
      (-5, 0, -5, 1), (0, 0, 0, 1),
    ] as [(Int128, Int128, Int128, Int128)])
  func reduces(
    numerator: Int128, denominator: Int128, reducedNumerator: Int128, reducedDenominator: Int128
  ) {
    let fraction = Fraction(numerator, over: denominator)
    #expect(fraction.numerator == reducedNumerator)
    #expect(fraction.denominator == reducedDenominator)
  }

  @Test("Equal values are equal however they were written")
  func equality() throws {
    #expect(Fraction(decimal: "99.90") == Fraction(decimal: "99.9"))
    #expect(Fraction(2, over: 4).hashValue == Fraction(1, over: 2).hashValue)
    #expect(Fraction(7) == Fraction(14, over: 2))
  }

  @Test("What binary floating point misses is exact: 1 - 0.999 is 0.001")
  func subtraction() throws {
    #expect(1 - 0.999 != 0.001)
    #expect(try .one - .sample("0.999") == .sample("0.001"))
    #expect(try Fraction.sample("0.1") - .sample("0.3") == .sample("-0.2"))
    #expect(try .sample("14.4") * .sample("0.001") == .sample("0.0144"))
    #expect(try Fraction.sample("0.02").scaled(by: 720, over: 1) == .sample("14.4"))
  }

  @Test("The longest decimals multiply and compare without overflow")
  func longest() throws {
    let long = try Fraction.sample("999999999999.999999999999")
    let small = try Fraction.sample("0.000000000001")
    #expect(small < long)
    #expect(long * small < .one)
    #expect(long.description == "999999999999.999999999999")
  }

  @Test(
    "Comparison is by value",
    arguments: [("0.1", "0.2"), ("-0.2", "-0.1"), ("-1", "0"), ("0.9999", "1"), ("9", "10")])
  func comparison(smaller: String, larger: String) throws {
    let (smaller, larger) = (try Fraction.sample(smaller), try Fraction.sample(larger))
    #expect(smaller < larger)
    #expect(!(larger < smaller))
    #expect(!(smaller < smaller))
    #expect(max(smaller, larger) == larger)
  }

  @Test(
    "The text is the shortest decimal where there is one",
    arguments: [
      (72, 5, "14.4"), (999, 1000, "0.999"), (-1, 2, "-0.5"), (1, 1, "1"), (0, 1, "0"),
      (1, 3, "1/3"), (-2, 3, "-2/3"), (1, 8, "0.125"), (5, 100, "0.05"), (100, 1, "100"),
      (14, 15, "14/15"), (1, 1_000_000_000_000, "0.000000000001"),
      (1, 10_000_000_000_000, "1/10000000000000"),
    ] as [(Int128, Int128, String)])
  func description(numerator: Int128, denominator: Int128, text: String) {
    #expect(Fraction(numerator, over: denominator).description == text)
  }

  @Test("Every text of up to four places reads back as itself")
  func roundTrip() {
    for numerator in stride(from: -30_000, through: 30_000, by: 7) {
      let fraction = Fraction(Int128(numerator), over: 10_000)
      #expect(Fraction(decimal: fraction.description) == fraction)
    }
  }

  @Test("The nearest double is the one the same text reads as")
  func nearestDouble() throws {
    for text in ["0.999", "99.95", "0.0144", "14.4", "-0.3", "0.07"] {
      #expect(try Fraction.sample(text).doubleValue == Double(text))
    }
  }
}
