import Definitions
import DemoWorld
import Foundation
import Reliability
import Resources
import Screen
import Testing

@testable import Commands

/// What is inside the binary: themes and the demo shop.
@Suite struct ResourcesTests {
  private static let names = [
    "dark", "light", "high-contrast", "colour-blind-safe", "monochrome",
  ]

  @Test("The built-in themes are all there, without a problem, the usual one first")
  func themes() {
    #expect(Self.catalog().names == Self.names)
    for resource in Resources.themes {
      let read = ThemeFile.parse(
        resource.text, file: resource.path, knownRoles: Role.allCases.map(\.name))
      #expect(read.diagnostics == [], "\(resource.path)")
      // Only the one in use is read, and found by its file's name.
      #expect(read.theme.map { "\($0.name).yaml" } == resource.path)
    }
  }

  @Test("Each theme sets every role", arguments: names)
  func roles(_ name: String) throws {
    let theme = try #require(Self.catalog().theme(named: name))
    #expect(Set(theme.styles.keys) == Set(Role.allCases))
  }

  @Test("The monochrome theme uses no colour at any depth", arguments: ColorDepth.allCases)
  func monochrome(_ depth: ColorDepth) throws {
    let theme = try #require(Self.catalog().theme(named: "monochrome"))
    for role in Role.allCases {
      for isHighlighted in [true, false] {
        let style = theme.resolved(role, highlighted: isHighlighted, depth: depth)
        #expect(style.foreground == -1 && style.background == -1)
      }
    }
  }

  @Test(
    "The colors of six people can be told apart, also where a terminal has 256, 16 or 8",
    arguments: names.filter { $0 != "monochrome" })
  func people(_ name: String) throws {
    let theme = try #require(Self.catalog().theme(named: name))
    let roles: [Role] = [.personA, .personB, .personC, .personD, .personE, .personF]
    let colors = roles.compactMap { theme.styles[$0]?.foreground }
    for (index, first) in colors.enumerated() {
      for second in colors.dropFirst(index + 1) {
        guard case .rgb(let red, let green, let blue) = first,
          case .rgb(let otherRed, let otherGreen, let otherBlue) = second
        else { continue }
        let parts = [(red, otherRed), (green, otherGreen), (blue, otherBlue)]
          .map { Double($0.0) - Double($0.1) }
        #expect(parts.reduce(0) { $0 + $1 * $1 } >= 60 * 60, "\(first) and \(second)")
      }
    }
    for depth in [ColorDepth.twoHundredFiftySix, .sixteen, .eight] {
      let shown = roles.map { theme.resolved($0, highlighted: false, depth: depth) }
      #expect(colors.count == roles.count && Set(shown).count == roles.count)
      let isPlain = depth != .twoHundredFiftySix && shown.contains { $0.foreground % 8 % 7 == 0 }
      #expect(!isPlain, "a person's color is that of text or of the background")
    }
  }

  @Test("An own theme of the same name wins, a broken one is left out and told about")
  func ownThemes() throws {
    let directory = FileManager.default.temporaryDirectory.appending(path: UUID().uuidString)
    try FileManager.default.createDirectory(at: directory, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: directory) }
    let own = "apiVersion: burnwatch/v1\nkind: Theme\nname: dark\nroles: {text: {fg: red}}\n"
    try own.write(to: directory.appending(path: "mine.yaml"), atomically: true, encoding: .utf8)
    try "kind: Theme\nname: [".write(
      to: directory.appending(path: "broken.yaml"), atomically: true, encoding: .utf8)
    let catalog = Self.catalog(of: directory.path)
    #expect(catalog.names == Self.names)
    #expect(catalog.theme(named: "dark")?.styles[.text]?.foreground == .ansi(1))
    #expect(catalog.diagnostics.contains { $0.severity == .error })
  }

  @Test("The sample configuration has neither errors nor warnings")
  func sampleData() throws {
    let loaded = Self.shop()
    #expect(loaded.configuration?.slos.count ?? 0 >= 9)
    #expect(loaded.diagnostics.map(\.description) == [])
  }

  @Test("Every SLO of the sample data has a fate in the demo world")
  func fates() async throws {
    let slos = try #require(Self.shop().configuration).slos
    let start = Timestamp(milliseconds: 1_795_269_600_000)
    let world = DemoWorld(name: "prom-eu", slos: slos, seed: 1, start: start)
    let demands = slos.map { Demand($0.id, .burn(.minutes(5))) }
    let answers = await world.readings(for: demands, at: start)
    for demand in demands {
      guard case .failure(let failure)? = answers[demand] else { continue }
      #expect(!failure.message.contains("has no SLO"), "\(demand.slo)")
    }
    #expect(answers.count == slos.count)
  }

  private static func catalog(of directory: String? = nil) -> ThemeCatalog {
    let surroundings = Surroundings(environment: [:], hostName: "host", operatorID: 0)
    return ThemeCatalog(
      directory: directory, loader: surroundings.loader(files: LocalFileSystem(), themes: []))
  }

  private static func shop() -> LoadedConfiguration {
    let surroundings = Surroundings(
      environment: [:], hostName: "host", operatorID: 0)
    return surroundings.loader(
      files: EmbeddedFiles(Resources.sampleData), themes: names
    ).load(configurationAt: "\(EmbeddedFiles.root)/config.yaml")
  }
}
