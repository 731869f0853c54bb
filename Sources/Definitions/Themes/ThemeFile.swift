/// A theme as its file says it: colors and attributes by the names of roles.
package struct ThemeFile: Hashable, Sendable {
  /// The name by which the theme is chosen.
  package let name: String
  /// The color behind everything that has none of its own.
  package let background: ColorSetting
  /// The looks by the kebab-case names of roles; roles that are left out are not there.
  package let roles: [String: RoleStyle]

  /// Makes a theme file.
  package init(name: String, background: ColorSetting, roles: [String: RoleStyle]) {
    self.name = name
    self.background = background
    self.roles = roles
  }

  /// A color as written.
  package enum ColorSetting: Hashable, Sendable {
    /// The terminal's own color (`default`).
    case terminalDefault
    /// One of the 16 named colors, 0...15 in the terminal's order; `bright-black` is 8.
    case named(UInt8)
    /// One of the 256 colors by number.
    case palette(UInt8)
    /// A color by its parts (`"#rrggbb"`).
    case rgb(red: UInt8, green: UInt8, blue: UInt8)
  }

  /// The attributes of a text.
  package struct Attributes: OptionSet, Hashable, Sendable {
    /// The attributes as bits, the same as those of Screen's attributes.
    package let rawValue: UInt8

    /// Makes attributes from bits.
    package init(rawValue: UInt8) {
      self.rawValue = rawValue
    }

    /// Heavier (`bold`).
    package static let bold = Attributes(rawValue: 1)
    /// Fainter (`dim`).
    package static let dim = Attributes(rawValue: 2)
    /// Underlined (`underline`).
    package static let underline = Attributes(rawValue: 4)
    /// Foreground and background exchanged (`reverse`).
    package static let reverse = Attributes(rawValue: 8)
  }

  /// The look of one role; what is `nil` is not set by the theme.
  package struct RoleStyle: Hashable, Sendable {
    /// The color of the text (`fg`).
    package let foreground: ColorSetting?
    /// The same where there are 16 colors or fewer (`fg16`).
    package let basicForeground: ColorSetting?
    /// The color behind it (`bg`).
    package let background: ColorSetting?
    /// The attributes on a terminal with colors.
    package let attributes: Attributes
    /// The attributes on a terminal without colors.
    package let mono: Attributes?

    /// Makes a style; by default the theme sets nothing.
    package init(
      foreground: ColorSetting? = nil, basicForeground: ColorSetting? = nil,
      background: ColorSetting? = nil, attributes: Attributes = [], mono: Attributes? = nil
    ) {
      self.foreground = foreground
      self.basicForeground = basicForeground
      self.background = background
      self.attributes = attributes
      self.mono = mono
    }
  }
}

extension ThemeFile {
  /// Reads the first theme in a text.
  ///
  /// - Parameters:
  ///   - text: The content of a theme file.
  ///   - file: Its name for diagnostics.
  ///   - knownRoles: The roles there are; empty when they are not to be checked.
  /// - Returns: The theme, unless it has errors, and all that was found.
  package static func parse(
    _ text: String, file: String, knownRoles: [String]
  ) -> (theme: ThemeFile?, diagnostics: [Diagnostic]) {
    let findings = Findings()
    let documents = YAMLStream.documents(in: text, file: file, findings: findings)
      .compactMap(Document.init)
    let reader = ThemeReader(knownRoles: knownRoles)
    guard let document = documents.first(where: { $0.kind == .theme }) else {
      if findings.errorCount == 0 {
        findings.report(.theme(.noTheme), at: Place(file: file))
      }
      return (nil, findings.sorted(by: [file]))
    }
    let theme = findings.whole { reader.read(document.value) }
    return (theme, findings.sorted(by: [file]))
  }
}
