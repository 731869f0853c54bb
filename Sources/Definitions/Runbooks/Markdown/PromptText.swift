/// Commands that are written as in a terminal, behind `$ `.
enum PromptText {
  /// The commands of a block, without prompts and output; `nil` when it has no prompts.
  ///
  /// Only when the first line has the prompt are lines without it taken for output, but for those that
  /// go on after a backslash or inside quotes. A `# ` is never taken for a prompt: it may begin a
  /// comment.
  static func commands(in lines: [String]) -> String? {
    guard let first = lines.first(where: { !$0.trimmed.isEmpty }), isPrompted(first) else {
      return nil
    }
    var commands: [String] = []
    var quote: Character?
    var goesOn = false
    for line in lines {
      let command: String
      if goesOn {
        command = continued(line)
      } else if isPrompted(line) {
        command = String(line.drop { $0 == " " }.dropFirst(2))
      } else {
        continue
      }
      commands.append(command)
      quote = openQuote(after: command, quote)
      goesOn = quote != nil || command.hasSuffix("\\")
    }
    return commands.joined(separator: "\n")
  }

  private static func isPrompted(_ line: String) -> Bool {
    line.drop { $0 == " " }.hasPrefix("$ ")
  }

  private static func continued(_ line: String) -> String {
    line.hasPrefix("> ") ? String(line.dropFirst(2)) : line
  }

  /// The quote that stays open at the end of a line which begins inside one, or outside of any.
  private static func openQuote(after line: String, _ open: Character?) -> Character? {
    var quote = open
    var isEscaped = false
    for sign in line {
      if isEscaped {
        isEscaped = false
      } else if sign == "\\", quote != "'" {
        isEscaped = true
      } else if sign == quote {
        quote = nil
      } else if quote == nil, sign == "'" || sign == "\"" {
        quote = sign
      }
    }
    return quote
  }
}
