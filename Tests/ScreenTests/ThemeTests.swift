import Testing

@testable import Screen

struct ThemeTests {
  private let dark = Theme(
    name: "dark", background: .rgb(0, 0, 0),
    styles: [
      .text: Style(foreground: .rgb(208, 208, 208)),
      .title: Style(attributes: .bold),
      .healthy: Style(foreground: .rgb(95, 175, 95)),
      .critical: Style(foreground: .ansi(9), mono: [.bold, .underline]),
      .exhausted: Style(
        foreground: .ansi(15), background: .rgb(175, 0, 0), mono: [.bold, .reverse]),
      .selection: Style(background: .rgb(48, 48, 48), mono: .reverse),
    ])

  @Test(
    "Colors become the nearest that the terminal has",
    arguments: [
      (Color.terminalDefault, nil, nil, nil),
      (.ansi(9), 9, 9, 9), (.ansi(200), 15, 15, 15), (.palette(3), 3, 3, 3),
      (.palette(196), 196, 9, 9), (.palette(232), 232, 0, 0), (.palette(250), 250, 7, 7),
      (.rgb(0, 0, 0), 16, 0, 0), (.rgb(255, 255, 255), 231, 15, 15), (.rgb(255, 0, 0), 196, 9, 9),
      (.rgb(95, 175, 95), 71, 8, 8), (.rgb(175, 0, 0), 124, 1, 1), (.rgb(48, 48, 48), 236, 0, 0),
      (.rgb(138, 180, 248), 111, 7, 7), (.rgb(8, 8, 8), 232, 0, 0),
    ] as [(Color, UInt8?, UInt8?, UInt8?)])
  func reduction(color: Color, at256: UInt8?, at16: UInt8?, at8: UInt8?) {
    #expect(color.index(at: .twoHundredFiftySix) == at256)
    #expect(color.index(at: .sixteen) == at16)
    #expect(color.index(at: .eight) == at8)
    #expect(color.index(at: .none) == nil)
  }

  @Test(
    "A color of the cube or the grays is its own nearest",
    arguments: 16...255 as ClosedRange<UInt8>)
  func fixedPoints(number: UInt8) {
    let parts = Color.components(of: number)
    let nearest = Color.rgb(parts.red, parts.green, parts.blue).index(at: .twoHundredFiftySix)
    #expect(nearest.map(Color.components(of:)) == parts)
  }

  @Test("A role without colors takes those of text and theme; a missing role looks like text")
  func inheritance() {
    #expect(
      dark.resolved(.title, highlighted: false, depth: .twoHundredFiftySix)
        == ResolvedStyle(foreground: 252, background: 16, attributes: .bold))
    #expect(
      dark.resolved(.notice, highlighted: false, depth: .twoHundredFiftySix)
        == ResolvedStyle(foreground: 252, background: 16, attributes: []))
    #expect(
      Theme(name: "empty", styles: [:]).resolved(.page, highlighted: false, depth: .sixteen)
        == ResolvedStyle(foreground: -1, background: -1, attributes: []))
  }

  @Test("In eight colors bold stands for bright")
  func brightness() {
    #expect(
      dark.resolved(.critical, highlighted: false, depth: .sixteen)
        == ResolvedStyle(foreground: 9, background: 0, attributes: []))
    #expect(
      dark.resolved(.critical, highlighted: false, depth: .eight)
        == ResolvedStyle(foreground: 1, background: 0, attributes: .bold))
  }

  @Test("Few colors take the color that is meant for them, and bold black is no color of text")
  func fewColors() {
    let theme = Theme(
      name: "few",
      styles: [
        .personA: Style(foreground: .rgb(95, 175, 215), basicForeground: .ansi(6)),
        .dim: Style(foreground: .rgb(138, 138, 138)),
        .border: Style(foreground: .rgb(138, 138, 138), background: .ansi(7)),
        .stale: Style(foreground: .rgb(138, 138, 138), background: .ansi(4)),
      ])
    func look(_ role: Role, _ depth: ColorDepth) -> ResolvedStyle {
      theme.resolved(role, highlighted: false, depth: depth)
    }
    #expect(look(.personA, .twoHundredFiftySix).foreground == 74)
    #expect(look(.personA, .sixteen).foreground == 6 && look(.personA, .eight).foreground == 6)
    #expect(look(.dim, .sixteen).foreground == 8)
    let own = ResolvedStyle(foreground: -1, background: -1, attributes: .dim)
    #expect(look(.dim, .eight) == own)
    let black = ResolvedStyle(foreground: 0, background: 7, attributes: .bold)
    #expect(look(.border, .eight) == black)
    #expect(look(.stale, .eight).foreground == 7)
  }

  @Test("Without colors only the mono attributes count")
  func monochrome() {
    #expect(
      dark.resolved(.critical, highlighted: false, depth: .none)
        == ResolvedStyle(foreground: -1, background: -1, attributes: [.bold, .underline]))
    #expect(
      dark.resolved(.title, highlighted: false, depth: .none).attributes == .bold)
  }

  @Test("A highlight takes the selection's background where it can be seen")
  func highlight() {
    #expect(
      dark.resolved(.healthy, highlighted: true, depth: .twoHundredFiftySix)
        == ResolvedStyle(foreground: 71, background: 236, attributes: []))
    // The dark gray would be black on black in 16 colors.
    #expect(
      dark.resolved(.healthy, highlighted: true, depth: .sixteen).attributes == .reverse)
    #expect(dark.resolved(.healthy, highlighted: true, depth: .none).attributes == .reverse)
  }

  @Test("A role with a background of its own keeps its colors under a highlight")
  func highlightOverBackground() {
    #expect(
      dark.resolved(.exhausted, highlighted: true, depth: .twoHundredFiftySix)
        == ResolvedStyle(foreground: 15, background: 124, attributes: .reverse))
    // Reversed twice is not reversed, so the word stands out in the reversed row.
    #expect(dark.resolved(.exhausted, highlighted: true, depth: .none).attributes == .bold)
  }

  @Test("A highlight can always be told from the rest", arguments: ColorDepth.allCases)
  func highlightIsVisible(depth: ColorDepth) {
    let bare = Theme(name: "bare", styles: [.selection: Style(background: .ansi(0))])
    for theme in [dark, .plain, bare, Theme(name: "empty", styles: [:])] {
      for role in Role.allCases where role != .selection {
        #expect(
          theme.resolved(role, highlighted: true, depth: depth)
            != theme.resolved(role, highlighted: false, depth: depth), "\(theme.name) \(role)")
      }
    }
  }

  @Test("Text never vanishes in its own background", arguments: ColorDepth.allCases)
  func contrast(depth: ColorDepth) {
    let close = Theme(
      name: "close", background: .rgb(250, 250, 250),
      styles: [
        .text: Style(foreground: .rgb(251, 251, 251)),
        .page: Style(foreground: .ansi(1), background: .ansi(9)),
        .dim: Style(foreground: .ansi(8), background: .ansi(0)),
      ])
    for role in [Role.text, .page, .dim] {
      let style = close.resolved(role, highlighted: false, depth: depth)
      #expect(style.foreground != style.background || style.foreground == -1)
    }
    #expect(close.resolved(.text, highlighted: false, depth: .sixteen).foreground == 0)
  }

  @Test("The built-in theme has no colors", arguments: ColorDepth.allCases)
  func plain(depth: ColorDepth) {
    for role in Role.allCases {
      let style = Theme.plain.resolved(role, highlighted: false, depth: depth)
      #expect(style.foreground == -1 && style.background == -1)
    }
    #expect(Theme.plain.resolved(.exhausted, highlighted: false, depth: depth).attributes != [])
  }
}
