/// A path whose parts may hold `*`, `?` and `[...]`, as in a shell.
struct FilePattern {
  private let text: String

  init(_ text: String) {
    self.text = text
  }

  /// Whether the text is more than the path of one file.
  var isPattern: Bool { text.contains { "*?[".contains($0) } }

  /// The files that match, sorted.
  func files(in fileSystem: any FileSystem) -> [String] {
    var paths = [text.hasPrefix("/") ? "/" : ""]
    let parts = text.split(separator: "/").map(String.init)
    for (index, part) in parts.enumerated() {
      let isLast = index == parts.count - 1
      paths = paths.flatMap { FilePattern.matches(of: part, in: $0, isLast, fileSystem) }
    }
    return paths.filter { fileSystem.kind(of: $0) == .file }.sorted()
  }

  private static func matches(
    of part: String, in directory: String, _ isLast: Bool, _ fileSystem: any FileSystem
  ) -> [String] {
    guard FilePattern(part).isPattern else { return [FilePath.join(directory, part)] }
    let entries = try? fileSystem.entries(of: directory.isEmpty ? "." : directory)
    return (entries ?? []).filter { entry in
      (isLast || entry.kind != .file) && FilePattern.matches(entry.name, part)
        && (!entry.name.hasPrefix(".") || part.hasPrefix("."))
    }.map { FilePath.join(directory, $0.name) }
  }

  /// Whether a name matches a pattern without slashes.
  static func matches(_ name: String, _ pattern: String) -> Bool {
    let name = Array(name)
    let tokens = Token.list(pattern)
    // Where to go on when the characters after the last star do not fit.
    var retry: (token: Int, character: Int)?
    var (token, character) = (0, 0)
    while character < name.count {
      if token < tokens.count, case .anything = tokens[token] {
        retry = (token + 1, character)
        token += 1
      } else if token < tokens.count, tokens[token].accepts(name[character]) {
        token += 1
        character += 1
      } else if let last = retry {
        retry = (last.token, last.character + 1)
        (token, character) = (last.token, last.character + 1)
      } else {
        return false
      }
    }
    return tokens[token...].allSatisfy { if case .anything = $0 { true } else { false } }
  }

  /// One piece of a pattern.
  private enum Token {
    case anything
    case anyCharacter
    case oneOf([ClosedRange<Character>], negated: Bool)

    func accepts(_ character: Character) -> Bool {
      switch self {
      case .anything, .anyCharacter: true
      case .oneOf(let ranges, let negated): ranges.contains { $0.contains(character) } != negated
      }
    }

    static func list(_ pattern: String) -> [Token] {
      var tokens: [Token] = []
      var rest = Substring(pattern)
      while let character = rest.popFirst() {
        switch character {
        case "*": tokens.append(.anything)
        case "?": tokens.append(.anyCharacter)
        case "[": tokens.append(bracket(&rest) ?? .oneOf(["["..."["], negated: false))
        default: tokens.append(.oneOf([character...character], negated: false))
        }
      }
      return tokens
    }

    /// The rest of `[abc]`, `[a-z]` or `[!abc]`; `nil` and nothing taken when it is not closed.
    private static func bracket(_ rest: inout Substring) -> Token? {
      guard let end = rest.dropFirst().firstIndex(of: "]") else { return nil }
      var members = rest[..<end]
      rest = rest[rest.index(after: end)...]
      let negated = members.first == "!" || members.first == "^"
      if negated { members.removeFirst() }
      var ranges: [ClosedRange<Character>] = []
      while let first = members.popFirst() {
        if members.first == "-", let last = members.dropFirst().first, first <= last {
          members.removeFirst(2)
          ranges.append(first...last)
        } else {
          ranges.append(first...first)
        }
      }
      return .oneOf(ranges, negated: negated)
    }
  }
}
