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

  /// Where the parts stand: suggestions above the line, in a box.
  struct Layout {
    let box: Rect
    let line: Rect
    let suggestions: Rect
    /// The matches that are shown.
    let shown: Range<Int>

    /// The row of a match.
    func row(of match: Int) -> Rect {
      suggestions.splitTop(match - shown.lowerBound).rest.splitTop(1).top
    }

    /// The match drawn at a point; `nil` where there is none.
    func index(at point: Point) -> Int? { shown.first { row(of: $0).contains(point) } }
  }

  /// The box takes the last rows of `rect`.
  func layout(in rect: Rect) -> Layout {
    let shown = list.visibleRange(height: Palette.height)
    let box = rect.splitBottom(min(max(shown.count, 1) + 3, rect.rows)).bottom
    let split = box.inset(horizontal: 2, vertical: 1).splitBottom(1)
    return Layout(box: box, line: split.bottom, suggestions: split.rest, shown: shown)
  }

  /// Draws the command line in the last row of `rect` and the suggestions above it.
  func draw(in rect: Rect, on canvas: inout Canvas) {
    let layout = layout(in: rect)
    canvas.fill(layout.box, role: .dialog)
    Frame(title: "Command", note: "Tab completes, Esc closes", isFocused: true)
      .draw(in: layout.box, on: &canvas)
    for index in layout.shown {
      let row = layout.row(of: index)
      let command = matches[index]
      canvas.draw(command.text, in: row.splitLeft(28).left, role: .keyName)
      canvas.draw(command.help, in: row.splitLeft(29).rest, role: .dialog)
      if index == list.selection { canvas.highlight(row) }
    }
    if matches.isEmpty, chosen == nil {
      canvas.draw("No command has these letters.", in: layout.suggestions, role: .inputError)
    }
    canvas.draw(":", in: layout.line, role: .keyName)
    input.draw(in: layout.line.splitLeft(1).rest, on: &canvas)
  }
}
