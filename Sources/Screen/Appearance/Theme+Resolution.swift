// From a theme's wishes to what a terminal can show.

extension Theme {
  /// The look of a role, highlighted or not, in a terminal of this color depth.
  ///
  /// Colors become the nearest the terminal has; without colors only the mono attributes count.
  /// A highlight takes the selection's background and leaves the role its color, which is what the
  /// selected row's figures are read by. Where that cannot be, because the role has a
  /// background of its own or the fewer colors would hide it, it takes the selection's mono
  /// attributes. Text that would vanish in its own background becomes black or white.
  package func resolved(_ role: Role, highlighted: Bool, depth: ColorDepth) -> ResolvedStyle {
    let style = style(of: role)
    let selection = styles[.selection] ?? Style(attributes: .reverse)
    let marks = selection.mono.isEmpty ? .reverse : selection.mono
    guard depth != .none else {
      return ResolvedStyle(
        foreground: -1, background: -1,
        attributes: highlighted ? style.mono.layered(with: marks) : style.mono)
    }
    let text = self.style(of: .text).foreground(at: depth)
    guard highlighted else {
      return Theme.reduce(
        foreground: [style.foreground(at: depth), text],
        background: [style.background, background],
        attributes: style.attributes, depth: depth)
    }
    guard style.background == .terminalDefault, isVisible(selection, at: depth) else {
      return Theme.reduce(
        foreground: [style.foreground(at: depth), text],
        background: [style.background, background],
        attributes: style.attributes.layered(with: marks), depth: depth)
    }
    return Theme.reduce(
      foreground: [style.foreground(at: depth), selection.foreground(at: depth), text],
      background: [selection.background, background],
      attributes: style.attributes.layered(with: selection.attributes), depth: depth)
  }

  private func style(of role: Role) -> Style {
    styles[role] ?? styles[.text] ?? Style()
  }

  /// Whether a highlight can be told from the rest: by its attributes, or by a background that is
  /// neither the theme's nor one the terminal itself is likely to have.
  private func isVisible(_ selection: Style, at depth: ColorDepth) -> Bool {
    if !selection.attributes.isEmpty { return true }
    guard let behind = selection.background.index(at: depth) else { return false }
    if depth == .twoHundredFiftySix { return background.index(at: depth) != behind }
    let shown = Theme.folded(behind, at: depth)
    if let own = background.index(at: depth) { return Theme.folded(own, at: depth) != shown }
    let white: UInt8 = depth == .eight ? 7 : 15
    return shown != 0 && shown != white
  }

  private static func reduce(
    foreground: [Color], background: [Color], attributes: Attributes, depth: ColorDepth
  ) -> ResolvedStyle {
    var text = foreground.lazy.compactMap { $0.index(at: depth) }.first
    let behind = background.lazy.compactMap { $0.index(at: depth) }.first
    var attributes = attributes
    if depth == .eight, text == 8 {
      (text, attributes) = readable(brightBlackOn: behind, attributes)
    }
    if depth == .eight, let text, text >= 8 { attributes.insert(.bold) }
    var shown = text.map { folded($0, at: depth) }
    let shownBehind = behind.map { folded($0, at: depth) }
    if let shownBehind, shown == shownBehind {
      shown = Color.components(of: shownBehind).isLight ? 0 : folded(15, at: depth)
    }
    return ResolvedStyle(
      foreground: shown.map(Int16.init) ?? -1, background: shownBehind.map(Int16.init) ?? -1,
      attributes: attributes)
  }

  /// What stands for bright black where there are eight colors: bold black is black in many terminals,
  /// which does for a light background only.
  private static func readable(
    brightBlackOn behind: UInt8?, _ attributes: Attributes
  ) -> (text: UInt8?, attributes: Attributes) {
    guard let behind else { return (nil, attributes.union(.dim)) }
    return (Color.components(of: behind).isLight ? 8 : 7, attributes)
  }

  /// Folds the bright half of 16 colors onto the eight that there are.
  private static func folded(_ number: UInt8, at depth: ColorDepth) -> UInt8 {
    depth == .eight ? number % 8 : number
  }
}
