import Screen

// Inputs and menus that lie over a view: a value in the state, never a nested loop.

extension Dashboard {
  mutating func openOverlay(for intent: Intent) {
    switch intent {
    case .filter:
      let filter = serviceLevels.filter
      overlay = .filter(TextInput(filter.text), before: filter)
    case .chooseSort: overlay = .sortMenu(SortMenu(selecting: serviceLevels.sortKey))
    case .commandLine: overlay = .palette(Palette(commands: commands, history: commandHistory))
    default: break
    }
  }

  /// Takes a key or a paste while something lies over the view.
  mutating func handleInOverlay(_ input: InputEvent) -> [Effect] {
    switch input {
    case .key(.control("c")): return perform(.leave)
    case .key(.control("z")): return perform(.suspend)
    case .key(.control("l")): return perform(.repaint)
    default: break
    }
    switch overlay {
    case .filter(let field, let before):
      handle(input, in: field, before: before)
      return []
    case .palette(let palette): return handle(input, in: palette)
    case .sortMenu(let menu): return handle(input, in: menu)
    case nil: return []
    }
  }

  /// The filter works while it is typed; Esc brings the one before back.
  private mutating func handle(_ input: InputEvent, in field: TextInput, before: RowFilter) {
    var field = field
    switch input {
    case .key(.enter): overlay = nil
    case .key(.escape):
      overlay = nil
      serviceLevels.setFilter(before, height: overviewLayout.listHeight)
    case .key(.down), .key(.up):
      serviceLevels.move(
        input == .key(.down) ? .moveDown : .moveUp, height: overviewLayout.listHeight)
    default:
      guard field.handle(input) else { return }
      overlay = .filter(field, before: before)
      serviceLevels.setFilter(RowFilter(field.value), height: overviewLayout.listHeight)
    }
  }

  private mutating func handle(_ input: InputEvent, in palette: Palette) -> [Effect] {
    var palette = palette
    switch input {
    case .key(.escape):
      overlay = nil
      return []
    case .key(.enter):
      guard let command = palette.chosen else { return [] }
      overlay = nil
      commandHistory.removeAll { $0 == command.text }
      commandHistory.insert(command.text, at: 0)
      commandHistory = Array(commandHistory.prefix(50))
      return perform(command.intent)
    default:
      palette.handle(input)
      overlay = .palette(palette)
      return []
    }
  }

  private mutating func handle(_ input: InputEvent, in menu: SortMenu) -> [Effect] {
    var menu = menu
    guard case .key(let key) = input else { return [] }
    switch key {
    case .escape, .character("q"), .character("S"): overlay = nil
    case .enter:
      overlay = nil
      return perform(.sort(menu.chosen))
    default:
      guard let intent = Binding.intent(of: key), intent.isMovement else { return [] }
      menu.move(intent)
      overlay = .sortMenu(menu)
    }
    return []
  }
}
