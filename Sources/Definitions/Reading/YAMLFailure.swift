import Yams

/// What stopped the YAML parser, in our terms and with the position that helps most.
struct YAMLFailure {
  let problem: Problem
  let line: Int
  let column: Int

  init(_ error: any Error, in text: String) {
    switch error as? YamlError {
    case .reader(_, let offset, let value, _):
      self.init(
        .syntax(.controlCharacter(UInt32(bitPattern: value))), at: text.mark(at: offset ?? 0))
    case .scanner(let context, let problem, let mark, _),
      .parser(let context, let problem, let mark, _),
      .composer(let context, let problem, let mark, _):
      let opening = context?.mark ?? mark
      self =
        YAMLFailure.recognized(problem, at: mark, openedAt: opening, in: text)
        ?? YAMLFailure(.syntax(.other(problem)), at: mark)
    case .duplicatedKeysInMapping(let keys, let context):
      self.init(.yaml(.duplicateKeys(keys)), at: context.mark)
    case .no, .memory, .writer, .emitter, .representer, .dataCouldNotBeDecoded, nil:
      self.init(.syntax(.other("\(error)")), line: 1, column: 1)
    }
  }

  private init(_ problem: Problem, at mark: Mark) {
    self.init(problem, line: mark.line, column: mark.column)
  }

  private init(_ problem: Problem, at position: (line: Int, column: Int)) {
    self.init(problem, line: position.line, column: position.column)
  }

  private init(_ problem: Problem, line: Int, column: Int) {
    self.problem = problem
    self.line = line
    self.column = column
  }

  /// The parser's sentences that have a better one of ours (source: libyaml's scanner.c, parser.c).
  private static func recognized(
    _ problem: String, at mark: Mark, openedAt opening: Mark, in text: String
  ) -> YAMLFailure? {
    let character = text.scalar(at: mark)
    switch problem {
    case "found character that cannot start any token" where character == "\t",
      "found a tab character that violates indentation",
      "found a tab character where an indentation space is expected":
      return YAMLFailure(.syntax(.tab), at: mark)
    case "found character that cannot start any token":
      return YAMLFailure(.syntax(.reservedCharacter(character.map { "\($0)" } ?? "")), at: mark)
    case "found unexpected end of stream", "found unexpected document indicator":
      return YAMLFailure(.syntax(.unclosedQuote), at: opening)
    case "did not find expected ',' or '}'", "did not find expected ',' or ']'",
      "did not find expected node content":
      return YAMLFailure(.syntax(.unclosedBracket), at: opening)
    case "mapping values are not allowed in this context":
      return YAMLFailure(.syntax(.secondColon), at: mark)
    case "found unknown escape character":
      return YAMLFailure(.syntax(.unknownEscape), at: mark)
    case "did not find expected key", "did not find expected '-' indicator",
      "could not find expected ':'":
      return YAMLFailure(.syntax(.indentation), at: mark)
    case "found undefined alias":
      return YAMLFailure(.yaml(.undefinedAlias), at: mark)
    case _ where problem.hasPrefix("Maximum nesting level reached"):
      return YAMLFailure(.yaml(.tooDeep), at: mark)
    default:
      return nil
    }
  }
}

extension String {
  /// The line and column, from 1, of a character given by its offset.
  fileprivate func mark(at offset: Int) -> (line: Int, column: Int) {
    let before = prefix(offset)
    let lineStart = before.lastIndex(where: \.isNewline).map(before.index(after:))
    let line = before.count(where: \.isNewline) + 1
    return (line, before[(lineStart ?? before.startIndex)...].unicodeScalars.count + 1)
  }

  fileprivate func scalar(at mark: Mark) -> Unicode.Scalar? {
    let lines = split(omittingEmptySubsequences: false, whereSeparator: \.isNewline)
    guard lines.indices.contains(mark.line - 1) else { return nil }
    return lines[mark.line - 1].unicodeScalars.dropFirst(mark.column - 1).first
  }
}
