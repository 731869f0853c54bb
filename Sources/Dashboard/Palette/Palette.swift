import Screen

/// The command line: what is typed, and the commands it may mean, best first.
struct Palette: Hashable, Sendable {
  private(set) var input = TextInput()
  private(set) var matches: [Command]
  private(set) var list: VirtualList
  private let commands: [Command]
  private let history: [String]

  /// How many suggestions are shown.
  static let height = 8

  /// Opens the command line.
  ///
  /// - Parameters:
  ///   - commands: What can be done now.
  ///   - history: What was run before, newest first; it leads while nothing is typed.
  init(commands: [Command], history: [String]) {
    self.commands = commands
    self.history = history
    matches = []
    list = VirtualList()
    search()
  }

  /// What Enter runs: the selected command; `filter` takes the words after it.
  var chosen: Command? {
    if input.value.hasPrefix("filter ") {
      let words = String(input.value.dropFirst(7))
      return Command(text: input.value, help: "", intent: .setFilter(words))
    }
    return matches.indices.contains(list.selection) ? matches[list.selection] : nil
  }

  /// Takes a key or pasted text; arrows choose, Tab completes, the rest edits.
  mutating func handle(_ event: InputEvent) {
    if event == .key(.down) || event == .key(.up) {
      list.move(by: event == .key(.down) ? 1 : -1, height: Palette.height)
    } else if event == .key(.tab), let chosen {
      input = TextInput(chosen.text)
      search()
    } else if input.handle(event) {
      search()
    }
  }

  private mutating func search() {
    let typed = input.value.lowercased()
    if typed.isEmpty {
      let recent = history.compactMap { text in commands.first { $0.text == text } }
      matches = recent + commands.filter { !recent.contains($0) }
    } else {
      let ranked = commands.enumerated().compactMap { index, command in
        Palette.rank(of: typed, in: command.text.lowercased()).map { ($0, index, command) }
      }
      matches = ranked.sorted { ($0.0, $0.1) < ($1.0, $1.1) }.map(\.2)
    }
    list = VirtualList(count: matches.count)
  }

  /// How well typed letters fit a command, lower is better; `nil` when they do not occur in order.
  static func rank(of typed: String, in text: String) -> Int? {
    if text.hasPrefix(typed) { return 0 }
    if text.contains(" \(typed)") { return 1 }
    if text.contains(typed) { return 2 }
    var rest = text[...]
    for letter in typed {
      guard let found = rest.firstIndex(of: letter) else { return nil }
      rest = rest[rest.index(after: found)...]
    }
    return 3
  }

  /// Draws the command line in the last row of `rect` and the suggestions above it.
  func draw(in rect: Rect, on canvas: inout Canvas) {
    let shown = list.visibleRange(height: Palette.height)
    let box = rect.splitBottom(min(shown.count + 3, rect.rows)).bottom
    canvas.fill(box, role: .dialog)
    let inner = Frame(title: "Command", note: "Tab completes, Esc closes", isFocused: true)
      .draw(in: box, on: &canvas).inset(horizontal: 1, vertical: 0)
    let (line, rows) = inner.splitBottom(1)
    for (offset, index) in shown.enumerated() where offset < rows.rows {
      let row = Rect(
        column: rows.column, row: rows.row + offset, columns: rows.columns, rows: 1)
      let command = matches[index]
      canvas.draw(command.text, in: row.splitLeft(28).left, role: .keyName)
      canvas.draw(command.help, in: row.splitLeft(29).rest, role: .dialog)
      if index == list.selection { canvas.highlight(row) }
    }
    if matches.isEmpty, chosen == nil {
      canvas.draw("No command has these letters.", in: rows, role: .inputError)
    }
    canvas.draw(":", in: line, role: .keyName)
    input.draw(in: line.splitLeft(1).rest, on: &canvas)
  }
}
