import Reliability
import Yams

/// What stands in braces after the language of a fence: JSON, as Runme writes it, or `key=value` words.
struct FenceAttributes {
  enum Key: String, SectionKey {
    case name, timeout, confirm, danger, required, rollback, env, when, interactive, cwd, ignore
    case run
  }

  /// Keys of Runme that say nothing here.
  private static let foreign: Set<String> = [
    "background", "category", "closeTerminalOnSuccess", "excludeFromRunAll", "id", "interpreter",
    "mimeType", "promptEnv", "tag", "terminalRows", "transform",
  ]

  private let section: Section<Key>?

  /// Reads the attributes of a fence.
  ///
  /// - Parameters:
  ///   - fence: The fence.
  ///   - value: A value at the place of the fence.
  init(_ fence: MarkdownFence, at value: Value) {
    guard let text = fence.attributes else {
      section = nil
      return
    }
    guard let pairs = FenceAttributes.pairs(text) else {
      value.report(.runbook(.notAttributes(text)))
      section = nil
      return
    }
    let own = pairs.filter { !FenceAttributes.foreign.contains($0.0.string ?? "") }
    section = Section(value.at(Node(own), path: ""))
  }

  subscript(_ key: Key) -> Value? { section?[key] }

  /// How the step runs and counts.
  var options: RunbookStep.Options {
    StepOptionsReader().read { key in Key(rawValue: key.rawValue).flatMap { self[$0] } }
  }

  private static func pairs(_ text: String) -> [(Node, Node)]? {
    let words = words(text.dropFirst().dropLast())
    if !words.isEmpty, words.allSatisfy({ $0.contains("=") && !$0.hasPrefix("\"") }) {
      return words.map { word in
        let parts = word.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
        return (scalar(parts[0]), scalar(parts[1]))
      }
    }
    // JSON is YAML; its own marks would point into the braces as if they were a file.
    guard text.contains(":") else { return nil }
    let root = YAMLStream.documents(in: text, file: "", findings: Findings()).first
    guard case .mapping(let mapping)? = root?.node else { return nil }
    return mapping.map { (unmarked($0.key), unmarked($0.value)) }
  }

  private static func scalar(_ text: Substring) -> Node {
    .scalar(Node.Scalar(String(text), Tag(.str), .doubleQuoted))
  }

  private static func unmarked(_ node: Node) -> Node {
    switch node {
    case .scalar(let scalar): .scalar(Node.Scalar(scalar.string, scalar.tag, scalar.style))
    case .sequence(let items): Node(items.map(unmarked))
    case .mapping(let pairs): Node(pairs.map { (unmarked($0.key), unmarked($0.value)) })
    case .alias: node
    }
  }

  /// Words between blanks; a value in quotes may hold some.
  private static func words(_ text: Substring) -> [String] {
    var words: [String] = []
    var word = ""
    var quote: Character?
    for sign in text {
      if sign == quote {
        quote = nil
      } else if quote == nil, sign == "\"" || sign == "'", word.hasSuffix("=") {
        quote = sign
      } else if quote == nil, sign.isWhitespace || sign == "," {
        if !word.isEmpty { words.append(word) }
        word = ""
      } else {
        word.append(sign)
      }
    }
    return word.isEmpty ? words : words + [word]
  }
}

extension Node {
  fileprivate var string: String? { scalar?.string }
}
