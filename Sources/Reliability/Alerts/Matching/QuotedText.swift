/// A text in double or single quotes, as filters have it.
struct QuotedText {
  /// The text without quotes and escapes.
  let text: String
  /// Where each of its scalars was written.
  let places: [Int]
  /// The place behind the closing quote.
  let end: Int

  init(text: String, places: [Int], end: Int) {
    self.text = text
    self.places = places
    self.end = end
  }

  /// Reads the text whose quote a range begins with.
  ///
  /// - Throws: `Failure` when the quote is not closed, or for an escape without a meaning.
  init(_ scalars: [Unicode.Scalar], in range: Range<Int>) throws(AlertFilter.Failure) {
    let quote = scalars[range.lowerBound]
    var view = String.UnicodeScalarView()
    var places: [Int] = []
    var place = range.lowerBound + 1
    while place < range.upperBound, scalars[place] != quote {
      places.append(place)
      let isEscape = scalars[place] == "\\" && place + 1 < range.upperBound
      if isEscape {
        let letter = scalars[place + 1]
        guard let meaning = QuotedText.escapes[letter] else {
          throw AlertFilter.Failure(
            position: place, problem: .unknownEscape("\\" + String(letter)))
        }
        view.append(meaning)
      } else {
        view.append(scalars[place])
      }
      place += isEscape ? 2 : 1
    }
    guard place < range.upperBound else {
      throw AlertFilter.Failure(
        position: range.lowerBound, problem: .unclosedQuote(String(quote)))
    }
    text = String(view)
    self.places = places
    end = place + 1
  }

  private static let escapes: [Unicode.Scalar: Unicode.Scalar] = [
    "\\": "\\", "\"": "\"", "'": "'", "n": "\n",
  ]

  /// A text in double quotes that reads back as it is.
  static func quoting(_ text: String) -> String {
    var quoted = String.UnicodeScalarView()
    for scalar in text.unicodeScalars {
      switch scalar {
      case "\\", "\"": quoted.append(contentsOf: ["\\", scalar])
      case "\n": quoted.append(contentsOf: ["\\", "n"])
      default: quoted.append(scalar)
      }
    }
    return "\"\(String(quoted))\""
  }
}
