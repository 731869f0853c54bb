// Names and explanations of steps, from the text around them.

extension MarkdownPage {
  /// The name of a step, its first paragraph on one line, and all of its text where that says more.
  static func texts(_ text: String) -> (name: String, description: String) {
    let lines = text.split(separator: "\n", omittingEmptySubsequences: false)
    let first = lines.enumerated().prefix { index, line in
      let line = MarkdownLine(line)
      return !line.isBlank && (index == 0 || line.item == nil)
    }.map(\.element.trimmed)
    let name = MarkdownLinks.plain(first.joined(separator: " "))
    return (name, name == text.trimmed ? "" : text)
  }

  static func lastSentence(_ text: String) -> String {
    let words = text.split(whereSeparator: \.isWhitespace).joined(separator: " ")
    let end = words.dropLast().ranges(of: ". ").last?.upperBound
    return end.map { String(words[$0...]) } ?? words
  }

  static func asText(_ fence: MarkdownFence) -> String {
    "```\(fence.info)\n\(fence.body)\n```"
  }
}

extension MarkdownFence {
  var usesPrompts: Bool { PromptText.commands(in: lines) != nil }

  /// The first line that does something, for a step without a name.
  var firstCommand: String {
    let text = PromptText.commands(in: lines) ?? body
    let lines = text.split(separator: "\n").map(\.trimmed)
    return lines.first { !$0.isEmpty && !$0.hasPrefix("#") } ?? text.firstLine
  }
}
