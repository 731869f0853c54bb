import Reliability
import Yams

/// The YAML between two lines of `---` at the start of a Markdown file.
struct FrontMatter {
  /// The number of lines it takes, with both of its ends.
  let lineCount: Int
  private let values: [String: Value]

  /// Reads the front matter; a text without one has an empty one.
  init(_ lines: [Substring], file: String, _ findings: Findings) {
    func isEnd(_ line: Substring) -> Bool { line.trimmed == "---" }
    guard let first = lines.first, isEnd(first),
      let end = lines.dropFirst().firstIndex(where: isEnd)
    else {
      lineCount = 0
      values = [:]
      return
    }
    lineCount = end + 1
    // The blank line stands for the first `---`, so that places are those of the file.
    let text = "\n" + lines[1..<end].joined(separator: "\n") + "\n"
    let root = YAMLStream.documents(in: text, file: file, findings: findings).first
    values = root?.topLevel ?? [:]
  }

  /// The text of a key; keys that are meant for others are no trouble.
  func text(_ keys: String...) -> String? {
    keys.lazy.compactMap { values[$0] }.first { !$0.isNull }?.text()
  }

  /// The alerts that it names, each with the labels that it names.
  var triggers: [Runbook.Trigger] {
    let matchers = values["labels"].flatMap { $0.isNull ? nil : $0.labelMatchers() } ?? []
    return ["alert", "alerts"].compactMap { values[$0] }.filter { !$0.isNull }
      .flatMap { $0.itemsOrOne() }.compactMap { value in
        value.text().map {
          Runbook.Trigger(alert: $0, matchers: matchers, origin: value.origin)
        }
      }
  }
}
