/// One piece of a Markdown text, with the line it begins on.
struct MarkdownBlock: Hashable {
  enum Content: Hashable {
    /// A heading of depth 1 to 6.
    case heading(level: Int, String)
    /// Anything that is not one of the others, tables and HTML too; line breaks as written.
    case paragraph(String)
    /// A list item of the outermost list, with those below it as further lines.
    case item(String)
    /// A fenced block.
    case fence(MarkdownFence)
  }

  let content: Content
  /// Counted from 1.
  let line: Int
}

/// A fenced block of a Markdown text.
struct MarkdownFence: Hashable {
  /// What stands after the opening fence.
  let info: String
  /// The lines in it, without the indentation of the fence.
  var lines: [String] = []
  /// Whether it belongs to the list item before it.
  let isInItem: Bool
  /// Whether its end is there.
  var isClosed = false

  /// The first word after the fence, in lower case: `bash`.
  var language: String {
    info.prefix { !$0.isWhitespace && $0 != "{" && $0 != "#" }.lowercased()
  }

  /// What stands in braces after the language, the braces included.
  var attributes: String? {
    guard let open = info.firstIndex(of: "{"), let close = info.lastIndex(of: "}"), open < close
    else { return nil }
    return String(info[open...close])
  }

  var body: String { lines.joined(separator: "\n") }
}
