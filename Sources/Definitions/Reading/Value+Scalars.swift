import Reliability

// Texts, names, booleans and numbers. Numbers are read from the text as it is written, since a YAML
// reader's own idea of `0999`, `1e3` or `99.9` is neither exact nor the same everywhere.

extension Value {
  /// A text that is not empty; numbers and booleans count as the text that is written.
  func text() -> String? {
    guard let text = scalarText else {
      expected(.text)
      return nil
    }
    guard text.contains(where: { !$0.isWhitespace }) else {
      report(.shape(.emptyText))
      return nil
    }
    return text
  }

  /// A list of texts, or a single text.
  func texts() -> [String] {
    itemsOrOne().compactMap { $0.text() }
  }

  /// A mapping of names to texts.
  func textsByName() -> [String: String] {
    let pairs = (entries() ?? []).compactMap { entry in
      entry.value.text().map { (entry.name, $0) }
    }
    return Dictionary(pairs) { first, _ in first }
  }

  /// One of the names of an enumeration.
  func name<Name: RawRepresentable<String> & CaseIterable>(_ what: String, of _: Name.Type) -> Name?
  {
    guard let text = text() else { return nil }
    if let name = Name(rawValue: text) { return name }
    reportUnknown(text, what, among: Name.allCases.map(\.rawValue))
    return nil
  }

  func reportUnknown(_ name: String, _ what: String, among known: [String]) {
    let nearest = NearestMatch.of(name, among: known)
    report(.shape(.unknownName(name, what: what, nearest: nearest, known: known)))
  }

  /// True or false; `yes`, `no`, `on` and `off` count too, as older YAML has it.
  func boolean() -> Bool? {
    guard let text = scalarText else {
      expected(.boolean)
      return nil
    }
    switch text.lowercased() {
    case "true", "yes", "on": return true
    case "false", "no", "off": return false
    default:
      report(.number(.notABoolean(text)))
      return nil
    }
  }

  /// A whole number in a range.
  func wholeNumber(_ range: ClosedRange<Int>) -> Int? {
    guard let text = numberText() else { return nil }
    guard let number = Int(text) else {
      report(.number(.notAWholeNumber(text)))
      return nil
    }
    guard range.contains(number) else {
      let allowed = "a whole number from \(range.lowerBound) to \(range.upperBound)"
      report(.number(.outOfRange(text, allowed: allowed)))
      return nil
    }
    return number
  }

  /// An exact decimal above zero and up to a limit.
  func positiveNumber(upTo limit: Int) -> Fraction? {
    guard let text = numberText() else { return nil }
    guard let number = Fraction(decimal: text) else {
      report(.number(.notANumber(text)))
      return nil
    }
    guard number > .zero, number <= Fraction(limit) else {
      report(.number(.outOfRange(text, allowed: "a number above 0 and up to \(limit)")))
      return nil
    }
    return number
  }

  /// The text of a number; notations that readers of YAML disagree about are reported.
  private func numberText() -> String? {
    guard let text = scalarText else {
      expected(.number)
      return nil
    }
    let digits = text.drop { $0 == "-" || $0 == "+" }
    if digits.count > 1, digits.first == "0", digits.dropFirst().first?.isNumber == true {
      report(.number(.octalLooking(text)))
      return nil
    }
    if let first = digits.first, first.isNumber, digits.contains(where: { "eE".contains($0) }) {
      report(.number(.exponent(text)))
      return nil
    }
    return text
  }
}
