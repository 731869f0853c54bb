/// A calculator for what an explanation prints: `+ - * /` read from the left, parentheses, `clamped`,
/// and names that stand for numbers known already.
struct Arithmetic {
  /// Why a text has no value.
  struct Failure: Error, Equatable {
    let reason: String
  }

  private let known: [String: Double]
  private var rest: Substring

  private init(_ text: String, _ known: [String: Double]) {
    self.known = known
    rest = text[...]
  }

  /// The value of a formula.
  ///
  /// - Parameters:
  ///   - text: Such as `1 - (10 / 3) * bad(1h)`.
  ///   - known: The values of names such as `bad(1h)`.
  /// - Returns: The number a calculator gives.
  /// - Throws: `Failure` for another text or a name that is not known.
  static func value(of text: String, knowing known: [String: Double] = [:]) throws -> Double {
    var arithmetic = Arithmetic(text, known)
    let value = try arithmetic.sum()
    guard arithmetic.next == nil else {
      throw Failure(reason: "\(arithmetic.rest) is left of \(text)")
    }
    return value
  }

  /// The next sign, spaces left out.
  private var next: Character? {
    mutating get {
      rest = rest.drop { $0 == " " }
      return rest.first
    }
  }

  private mutating func sum() throws -> Double {
    var value = try product()
    while let sign = next, "+-".contains(sign) {
      rest.removeFirst()
      let other = try product()
      value = sign == "+" ? value + other : value - other
    }
    return value
  }

  private mutating func product() throws -> Double {
    var value = try term()
    while let sign = next, "*/".contains(sign) {
      rest.removeFirst()
      let other = try term()
      value = sign == "*" ? value * other : value / other
    }
    return value
  }

  private mutating func term() throws -> Double {
    guard let first = next else { throw Failure(reason: "a term is missing") }
    switch first {
    case "(": return try parenthesized()
    case "-":
      rest.removeFirst()
      return try -term()
    case _ where first.isLetter: return try named()
    default: return try number()
    }
  }

  private mutating func parenthesized() throws -> Double {
    rest.removeFirst()
    let value = try sum()
    guard next == ")" else { throw Failure(reason: "a parenthesis is not closed") }
    rest.removeFirst()
    return value
  }

  /// A name with the window in parentheses that is part of it, or a call of `clamped`.
  private mutating func named() throws -> Double {
    var name = String(take(while: \.isLetter))
    guard name != "clamped" else { return min(max(try parenthesized(), 0), 1) }
    if rest.first == "(" {
      name += take { $0 != ")" } + ")"
      rest = rest.dropFirst()
    }
    guard let value = known[name] else { throw Failure(reason: "\(name) is not known") }
    return value
  }

  /// Digits, with an exponent whose sign belongs to it.
  private mutating func number() throws -> Double {
    var text = take { $0.isNumber || $0 == "." }
    if rest.first == "e" {
      rest.removeFirst()
      let sign = take { "+-".contains($0) }
      text += "e" + sign + take(while: \.isNumber)
    }
    guard let value = Double(text) else { throw Failure(reason: "no number at \(text)\(rest)") }
    return value
  }

  private mutating func take(while belongs: (Character) -> Bool) -> String {
    let taken = rest.prefix(while: belongs)
    rest = rest.dropFirst(taken.count)
    return String(taken)
  }
}
