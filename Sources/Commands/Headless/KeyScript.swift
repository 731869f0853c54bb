import Reliability
import Screen

/// A script of keys for a dashboard without a terminal; docs/key-scripts.md is its grammar.
struct KeyScript: Hashable, Sendable {
  /// One line of a script.
  enum Step: Hashable, Sendable {
    case keys([Key])
    case type(String)
    case paste(String)
    case wait(Duration)
    case resize(Size)
    case screen
    case roles
    case expect(String)
    case reject(String)
  }

  /// A line that is no step.
  struct Mistake: Error, Hashable, Sendable {
    let line: Int
    let text: String
    let hint: String
  }

  let steps: [Step]

  /// Makes a script of steps.
  init(steps: [Step]) {
    self.steps = steps
  }

  /// Reads a script.
  ///
  /// - Throws: The first `Mistake`.
  init(parsing text: String) throws(Mistake) {
    var steps: [Step] = []
    for (index, line) in text.split(omittingEmptySubsequences: false, whereSeparator: \.isNewline)
      .enumerated()
    {
      let trimmed = line.drop { $0 == " " }
      if trimmed.isEmpty || trimmed.first == "#" { continue }
      let word = trimmed.prefix { $0 != " " }
      let rest = String(trimmed.dropFirst(word.count).drop { $0 == " " })
      let reading = KeyScript.step(String(word), rest)
      switch reading {
      case .success(let step): steps.append(step)
      case .failure(let hint):
        throw Mistake(line: index + 1, text: String(trimmed), hint: hint.text)
      }
    }
    self.steps = steps
  }

  private struct Hint: Error {
    let text: String

    init(_ text: String) { self.text = text }
  }

  private static func step(_ word: String, _ rest: String) -> Result<Step, Hint> {
    switch word {
    case "key", "keys": return keys(rest)
    case "type": return .success(.type(rest))
    case "paste": return .success(.paste(rest))
    case "wait":
      guard let length = Duration(parsing: rest) else {
        return .failure(Hint("write a length such as 30s or 5m after wait"))
      }
      return .success(.wait(length))
    case "resize":
      guard let size = Size(parsing: rest) else {
        return .failure(Hint("write columns and rows such as 120x40 after resize"))
      }
      return .success(.resize(size))
    case "screen": return .success(.screen)
    case "roles": return .success(.roles)
    case "expect": return .success(.expect(rest))
    case "reject": return .success(.reject(rest))
    default:
      return .failure(
        Hint("use key, type, paste, wait, resize, screen, roles, expect or reject"))
    }
  }

  private static func keys(_ names: String) -> Result<Step, Hint> {
    var keys: [Key] = []
    for name in names.split(separator: " ") {
      guard let key = Key(name: String(name)) else {
        return .failure(
          Hint("\"\(name)\" is no key; names are as in the help, such as Enter, ctrl-d"))
      }
      keys.append(key)
    }
    return keys.isEmpty ? .failure(Hint("name at least one key")) : .success(.keys(keys))
  }
}

extension Size {
  /// Reads `120x40`.
  ///
  /// - Returns: `nil` for anything else, sizes above 1000 cells included.
  init?(parsing text: String) {
    let parts = text.split(separator: "x", omittingEmptySubsequences: false).map { Int($0) }
    guard parts.count == 2, let columns = parts[0], let rows = parts[1],
      (1...1000).contains(columns), (1...1000).contains(rows)
    else { return nil }
    self.init(columns: columns, rows: rows)
  }
}
