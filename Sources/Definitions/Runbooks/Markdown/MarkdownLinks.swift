/// Finds the pages that a Markdown text links to.
enum MarkdownLinks {
  struct Link: Hashable {
    let text: String
    let address: String
  }

  /// The links of a text, each address once; what stands in code is none.
  static func links(in text: String) -> [Link] {
    var links: [Link] = []
    var rest = text[...]
    while let sign = rest.first {
      if sign == "`" {
        rest = afterCode(rest)
      } else if sign == "!", let (_, end) = inline(rest.dropFirst()) {
        // An image is no page.
        rest = end
      } else if sign == "[", let (link, end) = inline(rest) {
        links.append(link)
        rest = end
      } else if ["http://", "https://"].contains(where: rest.hasPrefix) {
        let address = bareAddress(rest)
        links.append(Link(text: String(address), address: String(address)))
        rest = rest[address.endIndex...]
      } else {
        rest.removeFirst()
      }
    }
    var seen: Set<String> = []
    return links.filter { seen.insert($0.address).inserted }
  }

  /// Whether a text is one link and nothing else.
  static func isLinkOnly(_ text: String) -> Bool {
    let text = text.trimmed[...]
    if let (_, end) = inline(text) { return end.allSatisfy { $0 == "." } }
    let bare = text.drop { $0 == "<" }
    guard ["http://", "https://"].contains(where: bare.hasPrefix) else { return false }
    return bare[bareAddress(bare).endIndex...].allSatisfy { $0 == ">" }
  }

  /// A text without the signs of emphasis, code and links.
  static func plain(_ text: String) -> String {
    var result = ""
    var rest = text[...]
    while let sign = rest.first {
      if sign == "[", let (link, end) = inline(rest, anyAddress: true) {
        result += link.text
        rest = end
      } else {
        if sign != "`", !rest.hasPrefix("**") {
          result.append(sign)
          rest.removeFirst()
        } else {
          rest = rest.dropFirst(sign == "`" ? 1 : 2)
        }
      }
    }
    return result.trimmed
  }

  /// `[text](address "title")` at the start of a text, and what follows it.
  private static func inline(
    _ text: Substring, anyAddress: Bool = false
  ) -> (link: Link, rest: Substring)? {
    guard text.first == "[" else { return nil }
    let name = text.dropFirst().prefix { $0 != "[" && $0 != "]" }
    let after = text[name.endIndex...]
    guard after.hasPrefix("](") else { return nil }
    let inside = after.dropFirst(2)
    guard let end = closingParenthesis(of: inside) else { return nil }
    let address = inside[..<end].trimmed.prefix { !$0.isWhitespace }
      .filter { $0 != "<" && $0 != ">" }
    guard anyAddress || ["http://", "https://"].contains(where: address.hasPrefix) else {
      return nil
    }
    let words = name.split(whereSeparator: \.isWhitespace).joined(separator: " ")
    let link = Link(text: words.isEmpty ? address : plainWords(words), address: address)
    return (link, inside[inside.index(after: end)...])
  }

  private static func plainWords(_ text: String) -> String { text.filter { $0 != "`" } }

  /// Addresses may hold parentheses in pairs; another bracket is the beginning of another link.
  private static func closingParenthesis(of text: Substring) -> Substring.Index? {
    var depth = 0
    for index in text.indices {
      switch text[index] {
      case "(": depth += 1
      case ")" where depth == 0: return index
      case ")": depth -= 1
      case "[": return nil
      default: break
      }
    }
    return nil
  }

  private static func bareAddress(_ text: Substring) -> Substring {
    var address = text.prefix { !$0.isWhitespace && !"<>\"`'|\\".contains($0) }
    while let last = address.last, ".,;:!?*_]".contains(last) || isUnopened(last, in: address) {
      address.removeLast()
    }
    return address
  }

  private static func isUnopened(_ sign: Character, in address: Substring) -> Bool {
    sign == ")"
      && address.count(where: { $0 == ")" }) > address.count(where: { $0 == "(" })
  }

  /// What follows a code span, or the signs alone when they open none.
  private static func afterCode(_ text: Substring) -> Substring {
    let count = text.prefix { $0 == "`" }.count
    let inside = text.dropFirst(count)
    guard let close = inside.firstRange(of: String(repeating: "`", count: count)) else {
      return inside
    }
    return inside[close.upperBound...]
  }
}
