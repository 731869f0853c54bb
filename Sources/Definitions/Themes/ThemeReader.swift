/// Reads a document of kind Theme.
struct ThemeReader {
  private enum Key: String, SectionKey { case apiVersion, kind, name, background, roles }
  private enum RoleKey: String, SectionKey {
    case fg, fg16, bg, bold, dim, underline, reverse, mono
  }
  private enum MonoKey: String, SectionKey { case bold, dim, underline, reverse }

  let knownRoles: [String]

  func read(_ value: Value) -> ThemeFile? {
    guard let section = Section<Key>(value) else { return nil }
    let name = section.required(.name, example: "dark")?.text()
    let background = section[.background]?.color()
    let roles = section.required(.roles, example: "{text: {fg: default}}").map(roles)
    guard let name, let roles else { return nil }
    return ThemeFile(name: name, background: background ?? .terminalDefault, roles: roles)
  }

  private func roles(_ value: Value) -> [String: ThemeFile.RoleStyle] {
    var roles: [String: ThemeFile.RoleStyle] = [:]
    for entry in value.entries() ?? [] {
      if knownRoles.isEmpty || knownRoles.contains(entry.name) {
        roles[entry.name] = style(entry.value)
      } else {
        let nearest = NearestMatch.of(entry.name, among: knownRoles)
        entry.key.report(.theme(.unknownRole(entry.name, nearest: nearest)))
      }
    }
    return roles
  }

  private func style(_ value: Value) -> ThemeFile.RoleStyle? {
    guard let section = Section<RoleKey>(value) else { return nil }
    return ThemeFile.RoleStyle(
      foreground: section[.fg]?.color(), basicForeground: section[.fg16]?.color(),
      background: section[.bg]?.color(),
      attributes: attributes(
        bold: section[.bold], dim: section[.dim], underline: section[.underline],
        reverse: section[.reverse]),
      mono: section[.mono].flatMap(mono))
  }

  private func mono(_ value: Value) -> ThemeFile.Attributes? {
    guard let section = Section<MonoKey>(value) else { return nil }
    return attributes(
      bold: section[.bold], dim: section[.dim], underline: section[.underline],
      reverse: section[.reverse])
  }

  private func attributes(
    bold: Value?, dim: Value?, underline: Value?, reverse: Value?
  ) -> ThemeFile.Attributes {
    let written: [(value: Value?, attribute: ThemeFile.Attributes)] = [
      (bold, .bold), (dim, .dim), (underline, .underline), (reverse, .reverse),
    ]
    return ThemeFile.Attributes(
      written.filter { $0.value?.boolean() == true }.map(\.attribute))
  }
}

extension Value {
  /// A color: `default`, one of the 16 names, 0...255, or `"#rrggbb"`.
  fileprivate func color() -> ThemeFile.ColorSetting? {
    guard let text = text() else { return nil }
    if let color = ThemeFile.ColorSetting(text) { return color }
    let names = ["default"] + ThemeFile.ColorSetting.names
    report(.theme(.notAColor(text, nearest: NearestMatch.of(text, among: names))))
    return nil
  }
}

extension ThemeFile.ColorSetting {
  /// The 16 colors in the terminal's order.
  fileprivate static let names: [String] = {
    let basic = ["black", "red", "green", "yellow", "blue", "magenta", "cyan", "white"]
    return basic + basic.map { "bright-\($0)" }
  }()

  fileprivate init?(_ text: String) {
    let hex = text.dropFirst()
    if text == "default" {
      self = .terminalDefault
    } else if let index = Self.names.firstIndex(of: text) {
      self = .named(UInt8(index))
    } else if let number = UInt8(text), text.first != "+" {
      self = .palette(number)
    } else if text.hasPrefix("#"), hex.utf8.count == 6, hex.allSatisfy(\.isHexDigit),
      let value = UInt32(hex, radix: 16)
    {
      self = .rgb(
        red: UInt8(value >> 16), green: UInt8(value >> 8 & 0xFF), blue: UInt8(value & 0xFF))
    } else {
      return nil
    }
  }
}
