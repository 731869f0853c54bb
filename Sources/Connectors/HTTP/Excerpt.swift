/// Text from outside, cut to a length that fits a sentence and put in quotes.
package struct Excerpt: CustomStringConvertible {
  private let text: String

  /// Makes an excerpt; line breaks and runs of spaces become one space.
  package init(_ text: some StringProtocol, limit: Int = 200) {
    let words = text.split { $0.isWhitespace || $0.isNewline }.joined(separator: " ")
    self.text = words.count > limit ? words.prefix(limit - 1) + "…" : words
  }

  /// The text in quotes.
  package var description: String { "\"\(text)\"" }

  /// The text without quotes, for words that are a sentence already.
  package var bare: String { text }
}
