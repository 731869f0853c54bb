import Reliability

/// A command of the command line: a few words that stand for an intent.
struct Command: Hashable, Sendable {
  let text: String
  let help: String
  let intent: Intent
}

extension Dashboard {
  /// Every command that does something now.
  var commands: [Command] {
    let bound = Binding.all.filter { $0.section != .moving && $0.intent != .commandLine }
      .map { Command(text: $0.label, help: $0.help, intent: $0.intent) }
    let sorts = SortKey.allCases.map { key in
      Command(text: "sort \(key.rawValue)", help: "order rows: \(key.title)", intent: .sort(key))
    }
    let themes = settings.themes.map { name in
      Command(text: "theme \(name)", help: "change to this theme", intent: .useTheme(name))
    }
    let services = Set(snapshot.serviceLevels.map(\.slo.service)).sorted().map { name in
      Command(text: "service \(name)", help: "open this service", intent: .go(.service(name)))
    }
    let figures = Command(
      text: "debug", help: "show what drawing costs", intent: .toggleFigures)
    let all = bound + sorts + themes + services + [figures]
    return all.filter { reasonUnavailable($0.intent) == nil }
  }
}
