import Definitions
import Reliability
import Testing

/// A Markdown page as a runbook, compared with its text.
enum ReadPage {
  /// Expects that a page is read without an error, and that all words of each line of it stand in one
  /// step or section; those of a line with links may stand in several.
  static func expectWhole(_ text: String, file: String) throws {
    let config = """
      apiVersion: burnwatch/v1
      kind: Config
      runbooks: {directories: [books]}
      """
    let loaded = Loader.load(["config.yaml": config, "books/\(file)": text])
    let errors = loaded.diagnostics.filter { $0.severity == .error }
    #expect(errors.map(\.description) == [])
    let runbook = try #require(loaded.configuration?.runbooks.runbooks.first, "\(file)")
    let units = units(of: runbook)
    let all = units.reduce(into: Set<String>()) { $0.formUnion($1) }
    for line in lines(of: text) {
      let words = words(line)
      let isWhole = units.contains { words.isSubset(of: $0) }
      #expect(isWhole || line.contains("](") && words.isSubset(of: all), "\(file): \(line)")
    }
  }

  /// The lines of text: without front matter, and without the fences themselves.
  private static func lines(of text: String) -> [Substring] {
    var lines = text.split(omittingEmptySubsequences: false, whereSeparator: \.isNewline)[...]
    if lines.first == "---", let end = lines.dropFirst().firstIndex(of: "---") {
      lines = lines[(end + 1)...]
    }
    return lines.filter { line in
      let start = line.drop { $0 == " " || $0 == ">" || $0 == "-" }
      return !start.hasPrefix("```") && !start.hasPrefix("~~~")
    }
  }

  private static func words(_ text: some StringProtocol) -> Set<String> {
    Set(
      String(text).replacing("[x] ", with: "").split(whereSeparator: {
        !$0.isLetter && !$0.isNumber
      }).map(
        String.init)
    )
    .filter { !$0.allSatisfy(\.isNumber) }
  }

  /// The words of each step and section.
  private static func units(of runbook: Runbook) -> [Set<String>] {
    let steps = runbook.steps.map { step in
      words("\(step.name)\n\(step.description)\n\(content(of: step.action))")
    }
    return steps + runbook.sections.map { words("\($0.title)\n\($0.text)") }
      + [words(runbook.title)]
  }

  private static func content(of action: RunbookStep.Action) -> String {
    switch action {
    case .command(let command): command.text.source
    case .query(let query): query.text.source
    case .link(let link): link.source
    case .manual, .metric, .verify: ""
    }
  }
}
