extension Duration {
  /// Reads a length as typed: `90s`, `30m`, `1h30m`, `2d`, `1w`; `nil` for anything else or nothing.
  package init?(typed text: String) {
    var seconds = 0
    var digits = ""
    for character in text where character != " " {
      if character.isASCII, character.isNumber {
        digits.append(character)
        continue
      }
      let units: [Character: Int] = ["s": 1, "m": 60, "h": 3600, "d": 86_400, "w": 604_800]
      guard let unit = units[character], let number = Int(digits), number < 100_000 else {
        return nil
      }
      seconds += number * unit
      digits = ""
    }
    guard digits.isEmpty, seconds > 0 else { return nil }
    self = .seconds(seconds)
  }
}
