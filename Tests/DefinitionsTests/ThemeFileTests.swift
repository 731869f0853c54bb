import Definitions
import Testing

@Suite("Theme files")
struct ThemeFileTests {
  @Test("Colors and attributes are taken as written")
  func readsTheme() {
    let text = """
      apiVersion: burnwatch/v1
      kind: Theme
      name: dark
      background: "#101010"
      roles:
        text: {fg: default}
        title: {fg: "#8AB4f8", bold: true, dim: false}
        healthy: {fg: 71, bg: bright-black, underline: true}
        critical: {fg: red, mono: {bold: true, reverse: true}}
      """
    let expected = ThemeFile(
      name: "dark", background: .rgb(red: 16, green: 16, blue: 16),
      roles: [
        "text": .init(foreground: .terminalDefault),
        "title": .init(foreground: .rgb(red: 0x8A, green: 0xB4, blue: 0xF8), attributes: .bold),
        "healthy": .init(foreground: .palette(71), background: .named(8), attributes: .underline),
        "critical": .init(foreground: .named(1), mono: [.bold, .reverse]),
      ])
    let (theme, diagnostics) = ThemeFile.parse(text, file: "dark.yaml", knownRoles: [])
    #expect(theme == expected)
    #expect(diagnostics == [])
  }

  @Test("An unknown role is left out with a warning, an unknown color refuses the theme")
  func refusesWrongThemes() {
    func parse(_ roles: String) -> (theme: ThemeFile?, diagnostics: [Diagnostic]) {
      let text = "apiVersion: burnwatch/v1\nkind: Theme\nname: t\nroles: \(roles)\n"
      return ThemeFile.parse(text, file: "t.yaml", knownRoles: ["text"])
    }
    #expect(parse("{txt: {fg: red}}").theme?.roles == [:])
    #expect(parse("{txt: {fg: red}}").diagnostics.map(\.severity) == [.warning])
    #expect(parse("{text: {fg: reddish}}").theme == nil)
    #expect(parse("{text: {fg: -1}}").theme == nil)
    #expect(parse("{text: {fg: \"+5\"}}").theme == nil)
    #expect(parse("{text: {fg: \"#12345g\"}}").theme == nil)
  }
}
