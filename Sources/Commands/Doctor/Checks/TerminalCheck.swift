import Dashboard
import Screen
import Terminal

/// Looks at the terminal that the dashboard would be drawn on.
struct TerminalCheck {
  let facts: TerminalFacts
  let environment: [String: String]

  var findings: [Finding] {
    guard isTerminal || type != nil else { return [finding(PresenceObservation.none)] }
    let drawing = [finding(typeObservation)] + colorFindings + [finding(locale)] + widthFindings
    return drawing + [finding(size)] + multiplexerFindings
  }

  private var isTerminal: Bool { facts.isInputTerminal || facts.isOutputTerminal }

  private var type: String? { value("TERM") }

  private func value(_ name: String) -> String? {
    environment[name].flatMap { $0.isEmpty ? nil : $0 }
  }

  private func finding(_ observation: some Observation) -> Finding {
    Finding(.terminal, observation)
  }

  private var typeObservation: TypeObservation {
    guard let type else { return .notSet }
    switch facts.description {
    case .usable: return .usable(type)
    case .withoutCursor: return .withoutCursor(type)
    case .unknown: return .unknown(type)
    }
  }

  private var colorFindings: [Finding] {
    guard case .usable(let colors) = facts.description else { return [] }
    if value("NO_COLOR") != nil { return [finding(ColorObservation.refused)] }
    return [finding(colors > 0 ? ColorObservation.count(colors) : .none)]
  }

  /// The first of the variables that is set decides, as in `setlocale`.
  private var locale: LocaleObservation {
    let name = ["LC_ALL", "LC_CTYPE", "LANG"].lazy.compactMap(value).first ?? "C"
    if !facts.isLocaleInstalled { return .notInstalled(name) }
    if ["C", "POSIX"].contains(name), facts.isUTF8 { return .notSet }
    return facts.isUTF8 ? .utf8(name) : .notUTF8(name)
  }

  private var widthFindings: [Finding] {
    guard facts.isUTF8 else { return [] }
    let misjudged = facts.misjudged
    return [finding(misjudged.isEmpty ? WidthObservation.agree : .differ(misjudged))]
  }

  private var size: SizeObservation {
    guard let size = facts.size else { return .unknown }
    let least = TooSmall.least
    let isEnough = size.columns >= least.columns && size.rows >= least.rows
    return isEnough ? .enough(size) : .small(size, least: least)
  }

  private var multiplexerFindings: [Finding] {
    let multiplexers = [
      ("tmux", "TMUX", ["tmux", "screen"], "tmux-256color"),
      ("screen", "STY", ["screen"], "screen-256color"),
    ]
    return multiplexers.compactMap { name, variable, types, usual in
      guard value(variable) != nil else { return nil }
      let isOwn = type.map { type in types.contains(where: type.hasPrefix) } ?? true
      return finding(
        isOwn
          ? MultiplexerObservation.inside(name)
          : .foreignType(name, type: type ?? "", usual: usual))
    }
  }
}
