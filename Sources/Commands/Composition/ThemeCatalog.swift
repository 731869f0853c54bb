import Definitions
import Foundation
import Resources
import Screen

/// The themes that can be chosen: those inside the binary, and the operator's own, which win.
struct ThemeCatalog: Sendable {
  private let own: [String: Theme]
  /// By name; each is read when it is wanted, because the first frame waits for one only.
  private let builtIn: [String: Resource]
  /// The names, the built-in ones first in their usual order.
  let names: [String]
  /// What is wrong with the operator's own theme files.
  let diagnostics: [Diagnostic]
  /// The operator's own theme files.
  let files: [String]

  /// The theme of a configuration that names none.
  static let defaultName = "dark"

  /// Reads the themes of a directory; a file with errors is left out.
  ///
  /// - Parameters:
  ///   - directory: The operator's own themes; a directory that is not there has none.
  ///   - loader: Reads the operator's files.
  init(directory: String?, loader: Loader) {
    files = ThemeCatalog.files(in: directory)
    let read = files.map { loader.theme(at: $0) }
    diagnostics = read.flatMap(\.diagnostics)
    own = Dictionary(
      read.compactMap { $0.theme.map(Theme.init) }.map { ($0.name, $0) },
      uniquingKeysWith: { $1 })
    builtIn = Dictionary(
      Resources.themes.map { (ThemeCatalog.name(of: $0), $0) }, uniquingKeysWith: { $1 })
    names = Set(own.keys).union(builtIn.keys)
      .sorted { ThemeCatalog.rank($0) < ThemeCatalog.rank($1) }
  }

  /// The theme of a name.
  func theme(named name: String) -> Theme? {
    own[name] ?? builtIn[name].flatMap(ThemeCatalog.read)
  }

  private static func read(_ resource: Resource) -> Theme? {
    ThemeFile.parse(
      resource.text, file: resource.path, knownRoles: Role.allCases.map(\.name)
    ).theme.map(Theme.init)
  }

  /// A built-in theme's file is called as it is.
  private static func name(of resource: Resource) -> String {
    let file = resource.path.split(separator: "/").last ?? ""
    return String(file.prefix { $0 != "." })
  }

  /// Chooses a theme by name.
  ///
  /// - Throws: `CommandFailure` for a name that is no theme's.
  func require(_ name: String, _ status: ExitStatus) throws(CommandFailure) {
    guard !names.contains(name) else { return }
    let known = names.joined(separator: ", ")
    throw CommandFailure("There is no theme \"\(name)\". Choose one of \(known).", status)
  }

  private static func rank(_ name: String) -> (Int, String) {
    let usual = ["dark", "light", "high-contrast", "colour-blind-safe", "monochrome"]
    return (usual.firstIndex(of: name) ?? usual.count, name)
  }

  private static func files(in directory: String?) -> [String] {
    guard let directory,
      let entries = try? FileManager.default.contentsOfDirectory(atPath: directory)
    else { return [] }
    return entries.filter { $0.hasSuffix(".yaml") || $0.hasSuffix(".yml") }.sorted()
      .map { "\(directory)/\($0)" }
  }
}

extension Theme {
  fileprivate init(_ file: ThemeFile) {
    let styles = file.roles.compactMap { name, style in
      Role(name: name).map { ($0, Style(style)) }
    }
    self.init(
      name: file.name, background: Color(file.background),
      styles: Dictionary(styles, uniquingKeysWith: { first, _ in first }))
  }
}

extension Style {
  fileprivate init(_ style: ThemeFile.RoleStyle) {
    self.init(
      foreground: style.foreground.map(Color.init) ?? .terminalDefault,
      basicForeground: style.basicForeground.map(Color.init),
      background: style.background.map(Color.init) ?? .terminalDefault,
      attributes: Attributes(rawValue: style.attributes.rawValue),
      mono: Attributes(rawValue: (style.mono ?? style.attributes).rawValue))
  }
}

extension Color {
  fileprivate init(_ setting: ThemeFile.ColorSetting) {
    switch setting {
    case .terminalDefault: self = .terminalDefault
    case .named(let index): self = .ansi(index)
    case .palette(let index): self = .palette(index)
    case .rgb(let red, let green, let blue): self = .rgb(red, green, blue)
    }
  }
}
