// Lengths and numbers in few characters, for people.

extension Duration {
  /// The length as people say it, in at most two units: `0.8 s`, `45 s`, `5 m`, `1 h 30 m`.
  package var brief: String {
    let milliseconds = max(self.milliseconds, 0)
    let seconds = milliseconds / 1000
    switch milliseconds {
    case ..<50: return "0 s"
    case ..<9_950 where milliseconds % 1000 != 0:
      let tenths = (milliseconds + 50) / 100
      return "\(tenths / 10).\(tenths % 10) s"
    case ..<60_000: return "\((milliseconds + 500) / 1000) s"
    case ..<3_600_000: return Duration.joined(seconds / 60, "m", seconds % 60, "s")
    case ..<86_400_000: return Duration.joined(seconds / 3600, "h", seconds % 3600 / 60, "m")
    default: return Duration.joined(seconds / 86_400, "d", seconds % 86_400 / 3600, "h")
    }
  }

  private static func joined(
    _ large: Int64, _ first: String, _ small: Int64, _ second: String
  ) -> String {
    small == 0 ? "\(large) \(first)" : "\(large) \(first) \(small) \(second)"
  }
}

extension Double {
  /// The number with four significant digits, without an exponent where it can do without one.
  package var brief: String {
    guard isFinite else { return isNaN ? "NaN" : self < 0 ? "-Inf" : "+Inf" }
    let size = Swift.abs(self)
    if size >= 1e12 || (size < 1e-4 && size > 0) { return "\(self)" }
    var scale = 1.0
    while size * scale < 1000, scale < 1e7, size > 0 { scale *= 10 }
    let rounded = (self * scale).rounded() / scale
    let text = "\(rounded)"
    return text.hasSuffix(".0") ? String(text.dropLast(2)) : text
  }
}
