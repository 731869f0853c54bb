// Names of keys, as help, key bar, settings and key scripts spell them.

extension Key {
  /// The name: "j", "Enter", "ctrl-d", "alt-x", "F1", "PgUp", "Space", "shift-Tab".
  package var name: String {
    switch self {
    case .character(let character): Key.name(of: character)
    case .control(let character): "ctrl-" + Key.name(of: character)
    case .alt(let character): "alt-" + Key.name(of: character)
    case .enter: "Enter"
    case .escape: "Esc"
    case .tab: "Tab"
    case .backTab: "shift-Tab"
    case .backspace: "Backspace"
    case .delete: "Delete"
    case .insert: "Insert"
    case .up: "Up"
    case .down: "Down"
    case .left: "Left"
    case .right: "Right"
    case .home: "Home"
    case .end: "End"
    case .pageUp: "PgUp"
    case .pageDown: "PgDn"
    case .function(let number): "F\(number)"
    }
  }

  /// Finds the key with this name; named keys and modifiers in any case, characters exactly.
  ///
  /// Function keys go to F63, the last that terminal descriptions know.
  package init?(name: String) {
    let folded = name.lowercased()
    if name.count == 1, let character = Key.character(named: name) {
      self = .character(character)
    } else if let key = Key.named[folded] {
      self = key
    } else if folded.hasPrefix("ctrl-"), let character = Key.character(named: folded.dropFirst(5)) {
      self = .control(character)
    } else if folded.hasPrefix("alt-"), let character = Key.character(named: name.dropFirst(4)) {
      self = .alt(character)
    } else if folded.hasPrefix("f"), let number = Int(folded.dropFirst()), 1...63 ~= number,
      "f\(number)" == folded
    {
      self = .function(number)
    } else {
      return nil
    }
  }

  private static let named: [String: Key] = {
    let keys: [Key] = [
      .enter, .escape, .tab, .backTab, .backspace, .delete, .insert, .up, .down, .left, .right,
      .home, .end, .pageUp, .pageDown, .character(" "),
    ]
    return Dictionary(
      keys.map { ($0.name.lowercased(), $0) }, uniquingKeysWith: { first, _ in first })
  }()

  private static func name(of character: Character) -> String {
    character == " " ? "Space" : String(character)
  }

  private static func character(named name: some StringProtocol) -> Character? {
    if name.lowercased() == "space" { return " " }
    guard let character = name.first, name.count == 1,
      Sanitizer.line(String(name)) == String(name)
    else { return nil }
    return character
  }
}
