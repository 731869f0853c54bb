/// One line of a Markdown text, taken apart.
struct MarkdownLine {
  /// The line without the signs of quotes.
  let text: Substring
  /// The blanks at its start; a tab goes on to the next multiple of four.
  let indent: Int
  /// The line without its indentation.
  let body: Substring

  /// The lines of a text, whatever ends them.
  static func split(_ text: String) -> [Substring] {
    text.split(omittingEmptySubsequences: false) { ["\n", "\r\n", "\r"].contains($0) }
  }

  init(_ line: Substring) {
    var text = line
    while text.prefix(while: { $0 == " " }).count <= 3,
      let sign = text.first(where: { $0 != " " }), sign == ">"
    {
      text = text.drop { $0 == " " }.dropFirst()
      if text.first == " " { text.removeFirst() }
    }
    self.text = text
    var indent = 0
    var body = text
    while let blank = body.first, blank == " " || blank == "\t" {
      indent += blank == "\t" ? 4 - indent % 4 : 1
      body.removeFirst()
    }
    self.indent = indent
    self.body = body
  }

  var isBlank: Bool { body.isEmpty }

  /// The depth and text of a heading such as `## Impact`.
  var heading: (level: Int, text: String)? {
    let level = body.prefix { $0 == "#" }.count
    let rest = body.dropFirst(level)
    guard (1...6).contains(level), indent <= 3, rest.first.map({ $0 == " " || $0 == "\t" }) ?? true
    else { return nil }
    var text = rest.trimmed[...]
    let closing = text.reversed().prefix { $0 == "#" }.count
    // `C#` ends with a sign that closes nothing.
    if closing > 0, text.dropLast(closing).last.map(\.isWhitespace) ?? true {
      text = text.dropLast(closing)
    }
    return (level, text.trimmed)
  }

  /// The depth of the heading that this line makes of the paragraph above it.
  var underline: Int? {
    let signs = body.trimmed
    guard indent <= 3, let first = signs.first, signs.allSatisfy({ $0 == first }) else {
      return nil
    }
    return first == "=" ? 1 : first == "-" && signs.count > 1 ? 2 : nil
  }

  /// Whether the line is a rule such as `---` or `* * *`.
  var isRule: Bool {
    let signs = body.filter { !$0.isWhitespace }
    guard indent <= 3, signs.count >= 3, let first = signs.first, "-*_".contains(first) else {
      return false
    }
    return signs.allSatisfy { $0 == first }
  }

  /// The signs and what follows them, of a line that opens a fence.
  var openingFence: (sign: Character, count: Int, info: String)? {
    guard let sign = body.first, sign == "`" || sign == "~" else { return nil }
    let count = body.prefix { $0 == sign }.count
    let info = body.dropFirst(count).trimmed
    guard count >= 3, sign == "~" || !info.contains("`") else { return nil }
    return (sign, count, info)
  }

  /// Whether the line closes a fence of these signs.
  func closesFence(_ sign: Character, _ count: Int) -> Bool {
    let signs = body.trimmed
    return signs.count >= count && signs.allSatisfy { $0 == sign }
  }

  /// What follows the sign of a list item, and the indentation of that.
  var item: (text: Substring, offset: Int)? {
    var rest = body
    if let sign = rest.first, "-*+".contains(sign) {
      rest.removeFirst()
    } else {
      let digits = rest.prefix { $0.isASCII && $0.isNumber }
      rest = rest.dropFirst(digits.count)
      guard (1...9).contains(digits.count), let point = rest.first, ".)".contains(point) else {
        return nil
      }
      rest.removeFirst()
    }
    guard rest.first.map(\.isWhitespace) ?? true else { return nil }
    let text = rest.drop { $0 == " " || $0 == "\t" }
    return (text, indent + body.count - text.count)
  }

  /// The line without so many blanks at its start.
  func without(indent count: Int) -> String {
    var rest = text
    var left = count
    while left > 0, let blank = rest.first, blank == " " || blank == "\t" {
      rest.removeFirst()
      left -= blank == "\t" ? 4 : 1
    }
    return String(rest)
  }
}
