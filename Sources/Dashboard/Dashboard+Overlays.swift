import Screen

// Inputs and menus that lie over a view: a value in the state, never a nested loop.

extension Dashboard {
  /// What concerns the program or the terminal works whatever lies over the view.
  static let alwaysWorking: Set<Intent> = [.leave, .suspend, .repaint]

  mutating func openFilter() {
    if isInAlerts {
      overlay = .alertFilter(AlertFilterInput(alertsPane.filterText))
      return
    }
    let filter = serviceLevels.filter
    overlay = .filter(TextInput(filter.text), before: filter)
  }

  /// Takes a key or a paste while something lies over the view.
  mutating func handleInOverlay(_ input: InputEvent) -> [Effect] {
    if case .key(.control(let letter)) = input,
      let intent = Binding.intent(of: .control(letter)),
      Dashboard.alwaysWorking.contains(intent)
    {
      return perform(intent)
    }
    switch overlay {
    case .filter(let field, let before):
      handle(input, in: field, before: before)
      return []
    case .alertFilter(let field):
      handle(input, in: field)
      return []
    case .note(let field): return handle(input, inNote: field)
    case .handOffNote(let field): return handle(input, inHandOffNote: field)
    case .silenceEditor(let editor): return handle(input, in: editor)
    case .confirmation(let question): return handle(input, in: question)
    case .typedConfirmation(let question): return handle(input, in: question)
    case .stepNote(let note): return handle(input, in: note)
    case .palette(let palette): return handle(input, in: palette)
    case .sortMenu(let menu): return handle(input, in: menu)
    case nil: return []
    }
  }

  /// The filter works while it is typed; Esc brings the one before back.
  private mutating func handle(_ input: InputEvent, in field: TextInput, before: RowFilter) {
    let height = overviewLayout.listHeight
    var field = field
    if input == .key(.enter) {
      overlay = nil
    } else if input == .key(.escape) {
      overlay = nil
      serviceLevels.setFilter(before, height: height)
    } else if input == .key(.down) || input == .key(.up) {
      serviceLevels.move(input == .key(.down) ? .down : .up, height: height)
    } else if field.handle(input) {
      overlay = .filter(field, before: before)
      serviceLevels.setFilter(RowFilter(field.value), height: height)
    }
  }

  private mutating func handle(_ input: InputEvent, in palette: Palette) -> [Effect] {
    var palette = palette
    if input == .key(.escape) {
      overlay = nil
    } else if input == .key(.enter) {
      return palette.chosen.map { run($0) } ?? []
    } else {
      palette.handle(input)
      overlay = .palette(palette)
    }
    return []
  }

  /// Closes the command line and does what the command says.
  mutating func run(_ command: Command) -> [Effect] {
    overlay = nil
    commandHistory = [command.text] + commandHistory.filter { $0 != command.text }.prefix(49)
    return perform(command.intent)
  }

  private mutating func handle(_ input: InputEvent, in menu: SortMenu) -> [Effect] {
    var menu = menu
    guard case .key(let key) = input else { return [] }
    if [.escape, .character("q"), .character("S")].contains(key) {
      overlay = nil
    } else if key == .enter {
      overlay = nil
      return perform(.sort(menu.chosen))
    } else if case .move(let movement)? = Binding.intent(of: key) {
      menu.move(movement)
      overlay = .sortMenu(menu)
    }
    return []
  }
}
