/// An exact number: a reduced numerator over a positive denominator.
///
/// Objectives, budget shares and burn-rate factors are written by people as decimals, and "exactly on
/// budget" must mean exactly; `1 - 0.999` in binary floating point is not 0.001.
package struct Fraction: Hashable, Sendable {
  /// The numerator, which carries the sign.
  package let numerator: Int128
  /// The denominator, always positive and without a common factor with the numerator.
  package let denominator: Int128

  /// Nothing.
  package static let zero = Fraction(0)
  /// The whole, as a ratio 100 %.
  package static let one = Fraction(1)

  /// Makes a whole number.
  package init(_ whole: Int) {
    numerator = Int128(whole)
    denominator = 1
  }

  /// Makes `numerator / denominator`; a zero denominator counts as one.
  package init(_ numerator: Int128, over denominator: Int128) {
    let denominator = denominator == 0 ? 1 : denominator
    let divisor = Fraction.greatestCommonDivisor(numerator, denominator)
    let sign: Int128 = denominator < 0 ? -1 : 1
    self.numerator = sign * numerator / divisor
    self.denominator = sign * denominator / divisor
  }

  /// Reads a plain decimal such as `99.9` or `-0.5`; at most 12 digits on each side of the point.
  ///
  /// - Returns: `nil` for anything else, exponents included.
  package init?(decimal text: some StringProtocol) {
    var digits = Substring(text)
    let isNegative = digits.first == "-"
    if isNegative { digits.removeFirst() }
    let parts = digits.split(separator: ".", omittingEmptySubsequences: false)
    guard (1...2).contains(parts.count), !parts[0].isEmpty,
      parts.allSatisfy({ $0.utf8.count <= 12 && $0.utf8.allSatisfy { (48...57).contains($0) } }),
      parts.count == 1 || !parts[1].isEmpty
    else { return nil }
    var value: Int128 = 0
    for byte in parts.joined().utf8 { value = value * 10 + Int128(byte - 48) }
    let places = parts.count == 2 ? parts[1].utf8.count : 0
    var scale: Int128 = 1
    for _ in 0..<places { scale *= 10 }
    self.init(isNegative ? -value : value, over: scale)
  }

  /// The nearest double.
  package var doubleValue: Double { numeratorValue / denominatorValue }

  /// The double nearest to the numerator.
  package var numeratorValue: Double { Fraction.double(numerator) }

  /// The double nearest to the denominator.
  package var denominatorValue: Double { Fraction.double(denominator) }

  /// The conversion of 128 bits takes a microsecond, and nearly all numbers have at most 64.
  private static func double(_ value: Int128) -> Double {
    let short = Int64(truncatingIfNeeded: value)
    return Int128(short) == value ? Double(short) : Double(value)
  }

  /// Multiplies by `count / divisor`, such as the length of one window over another.
  package func scaled(by count: Int, over divisor: Int) -> Fraction {
    Fraction(numerator * Int128(count), over: denominator * Int128(divisor))
  }

  package static func - (left: Fraction, right: Fraction) -> Fraction {
    Fraction(
      left.numerator * right.denominator - right.numerator * left.denominator,
      over: left.denominator * right.denominator)
  }

  package static func * (left: Fraction, right: Fraction) -> Fraction {
    Fraction(left.numerator * right.numerator, over: left.denominator * right.denominator)
  }

  private static func greatestCommonDivisor(_ first: Int128, _ second: Int128) -> Int128 {
    let (first, second) = (first.magnitude, second.magnitude)
    let short = (UInt64(truncatingIfNeeded: first), UInt64(truncatingIfNeeded: second))
    // Division of 64 bits is one instruction.
    if UInt128(short.0) == first, UInt128(short.1) == second {
      return Int128(euclid(short.0, short.1))
    }
    return Int128(euclid(first, second))
  }

  /// The greatest common divisor, of two zeros one.
  private static func euclid<Number: FixedWidthInteger & UnsignedInteger>(
    _ first: Number, _ second: Number
  ) -> Number {
    var (larger, smaller) = (first, second)
    while smaller != 0 { (larger, smaller) = (smaller, larger % smaller) }
    return max(larger, 1)
  }
}

extension Fraction: Comparable {
  package static func < (left: Fraction, right: Fraction) -> Bool {
    left.numerator * right.denominator < right.numerator * left.denominator
  }
}

extension Fraction: CustomStringConvertible {
  /// The shortest decimal where one exists within twelve places, otherwise `numerator/denominator`.
  package var description: String {
    var scale: Int128 = 1
    for places in 0...12 {
      guard scale % denominator == 0 else {
        scale *= 10
        continue
      }
      let magnitude = (numerator * (scale / denominator)).magnitude
      let whole = magnitude / UInt128(scale)
      let part = String(magnitude % UInt128(scale))
      let sign = numerator < 0 ? "-" : ""
      let zeros = String(repeating: "0", count: max(0, places - part.utf8.count))
      return places == 0 ? "\(sign)\(whole)" : "\(sign)\(whole).\(zeros)\(part)"
    }
    return "\(numerator)/\(denominator)"
  }
}
