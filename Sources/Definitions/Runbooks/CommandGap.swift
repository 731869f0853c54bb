/// Finds what somebody has to fill in before a command can run.
enum CommandGap {
  /// Why a command cannot run as it stands; `nil` when nothing tells.
  static func reason(in command: String) -> String? {
    for line in command.split(whereSeparator: \.isNewline) {
      if let placeholder = placeholder(in: line) {
        return "\(placeholder) is to be replaced"
      }
      // `# apt update` may be a comment, or a command behind the prompt of root.
      if line.hasPrefix("# "), isCommandLike(line.dropFirst(2)) {
        return "\"\(line)\" may be a comment, or a command of root"
      }
    }
    return nil
  }

  /// A text such as `<name of the node>`, which is no redirection: those have no closing sign, or a
  /// blank behind the opening one.
  private static func placeholder(in line: Substring) -> Substring? {
    var rest = line
    while let open = rest.firstIndex(of: "<") {
      let inside = rest[rest.index(after: open)...]
      let text = inside.prefix { $0.isLetter || $0.isNumber || "-_ .".contains($0) }
      if let first = text.first, first.isLetter, text.last != " ", text.endIndex < inside.endIndex,
        inside[text.endIndex] == ">"
      {
        return rest[open...text.endIndex]
      }
      rest = inside
    }
    return nil
  }

  /// Whether a text begins like a command: a word in lower case, and a word that is an option or a path.
  private static func isCommandLike(_ text: Substring) -> Bool {
    let words = text.split(separator: " ")
    guard let first = words.first, first.allSatisfy({ $0.isLowercase || "-_./".contains($0) })
    else { return false }
    return words.dropFirst().contains { $0.hasPrefix("-") || $0.hasPrefix("/") }
  }
}
