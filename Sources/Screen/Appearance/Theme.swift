/// Attributes of text.
package struct Attributes: OptionSet, Hashable, Sendable {
  /// The attributes as bits.
  package let rawValue: UInt8

  /// Makes attributes from bits.
  package init(rawValue: UInt8) {
    self.rawValue = rawValue
  }

  /// Heavier, and brighter in terminals of eight colors.
  package static let bold = Attributes(rawValue: 1)
  /// Fainter.
  package static let dim = Attributes(rawValue: 2)
  /// Underlined.
  package static let underline = Attributes(rawValue: 4)
  /// Foreground and background exchanged.
  package static let reverse = Attributes(rawValue: 8)

  /// Both together, where a second `reverse` undoes the first, so that a reversed word stays
  /// visible in a reversed row.
  func layered(with other: Attributes) -> Attributes {
    let both = union(other)
    return contains(.reverse) && other.contains(.reverse) ? both.subtracting(.reverse) : both
  }
}

/// How a role looks.
package struct Style: Hashable, Sendable {
  /// The color of the text; ``Color/terminalDefault`` takes that of ``Role/text``.
  package let foreground: Color
  /// The color of the text where there are 16 colors or fewer; `nil` takes the nearest.
  package let basicForeground: Color?
  /// The color behind it; ``Color/terminalDefault`` takes the theme's background.
  package let background: Color
  /// The attributes where there are colors.
  package let attributes: Attributes
  /// The attributes where there are none.
  package let mono: Attributes

  /// Makes a style; without `mono`, the attributes are the same with and without colors.
  package init(
    foreground: Color = .terminalDefault, basicForeground: Color? = nil,
    background: Color = .terminalDefault, attributes: Attributes = [], mono: Attributes? = nil
  ) {
    self.foreground = foreground
    self.basicForeground = basicForeground
    self.background = background
    self.attributes = attributes
    self.mono = mono ?? attributes
  }
}

extension Style {
  /// The color of the text in a terminal of this color depth.
  func foreground(at depth: ColorDepth) -> Color {
    depth == .twoHundredFiftySix ? foreground : basicForeground ?? foreground
  }
}

/// A style as one terminal can show it.
package struct ResolvedStyle: Hashable, Sendable {
  /// The palette number of the text, -1 for the terminal's own color.
  package let foreground: Int16
  /// The palette number behind it, -1 for the terminal's own color.
  package let background: Int16
  /// The attributes.
  package let attributes: Attributes

  /// Makes a resolved style.
  package init(foreground: Int16, background: Int16, attributes: Attributes) {
    self.foreground = foreground
    self.background = background
    self.attributes = attributes
  }
}

/// The looks of all roles.
package struct Theme: Hashable, Sendable {
  /// The name the operator knows it by.
  package let name: String
  /// The color behind everything that has none of its own.
  package let background: Color
  /// The styles by role; a role that is missing looks like ``Role/text``.
  package let styles: [Role: Style]

  /// Makes a theme.
  package init(name: String, background: Color = .terminalDefault, styles: [Role: Style]) {
    self.name = name
    self.background = background
    self.styles = styles
  }

  /// The built-in theme: attributes only, for when no theme file can be had.
  package static let plain = Theme(
    name: "plain",
    styles: [
      .dim: Style(attributes: .dim),
      .title: Style(attributes: .bold),
      .heading: Style(attributes: .dim),
      .borderFocused: Style(attributes: .bold),
      .border: Style(attributes: .dim),
      .warning: Style(attributes: .underline),
      .critical: Style(attributes: .bold),
      .exhausted: Style(attributes: [.bold, .reverse]),
      .stale: Style(attributes: .dim),
      .noData: Style(attributes: .dim),
      .failed: Style(attributes: [.bold, .underline]),
      .page: Style(attributes: [.bold, .reverse]),
      .ticket: Style(attributes: .bold),
      .acknowledged: Style(attributes: .dim),
      .silenced: Style(attributes: .dim),
      .gaugeTrack: Style(attributes: .dim),
      .objectiveTick: Style(attributes: .bold),
      .lastHourMarker: Style(attributes: .bold),
      .burnOver: Style(attributes: .bold),
      .burnPage: Style(attributes: [.bold, .reverse]),
      .unknownSample: Style(attributes: .dim),
      .statusBar: Style(attributes: .reverse),
      .statusText: Style(attributes: .reverse),
      .keyName: Style(attributes: .bold),
      .inputError: Style(attributes: .underline),
      .link: Style(attributes: .underline),
      .dialogTitle: Style(attributes: .bold),
      .notice: Style(attributes: .bold),
      .selection: Style(attributes: .reverse),
    ])
}
