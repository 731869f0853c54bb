internal import Reliability

/// The upper bounds of histogram buckets, which are numbers written as label values.
enum BucketBound {
  /// The ways in which a bound is written.
  ///
  /// Prometheus 3 normalizes `1` to `1.0`; clients write bounds below 0.0001 with an exponent
  /// (`5e-05`, as Go prints them).
  static func spellings(of bound: Fraction) -> [String] {
    let plain = bound.description
    if bound.denominator == 1 { return [plain, "\(plain).0"] }
    guard bound < Fraction(1, over: 10_000), bound > .zero else { return [plain] }
    return [plain, exponentForm(of: plain)]
  }

  /// The two existing bounds around a threshold, nearest below and nearest above; where one side
  /// has none, the two nearest of the other.
  static func nearest(to threshold: Fraction, among bounds: [String]) -> [String] {
    let target = threshold.doubleValue
    let known = bounds.compactMap { text in Double(text).map { (text: text, value: $0) } }
      .filter { $0.value.isFinite && $0.value != target }
      .sorted { $0.value < $1.value }
    let split = known.firstIndex { $0.value > target } ?? known.count
    let first = min(max(split - 1, 0), max(known.count - 2, 0))
    return known.dropFirst(first).prefix(2).map(\.text)
  }

  private static func exponentForm(of plain: String) -> String {
    let places = plain.dropFirst(2)
    let digits = places.drop { $0 == "0" }
    let exponent = String(places.count - digits.count + 1)
    let fraction = digits.dropFirst().isEmpty ? "" : ".\(digits.dropFirst())"
    let padded = exponent.count < 2 ? "0\(exponent)" : exponent
    return "\(digits.prefix(1))\(fraction)e-\(padded)"
  }
}
