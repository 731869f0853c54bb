import Reliability

/// A command of the command line: a few words that stand for an intent.
struct Command: Hashable, Sendable {
  let text: String
  let help: String
  let intent: Intent
}

extension Dashboard {
  /// Saved filters, orders and groupings of the list of alerts.
  private var alertCommands: [Command] {
    let filters = settings.alerts.filters.sorted { $0.key < $1.key }.map { name, text in
      Command(text: "alerts \(name)", help: "filter \(text)", intent: .useAlertFilter(text))
    }
    let orders = AlertsPane.Order.allCases.map { order in
      Command(
        text: "order \(order.rawValue)", help: "alerts \(order.title)", intent: .sortAlerts(order))
    }
    let names = Set(alertSnapshot.alerts.prefix(200).flatMap { $0.labels.names }).sorted()
    let groups = names.map { name in
      Command(text: "group \(name)", help: "group alerts by this label", intent: .groupBy([name]))
    }
    return filters + orders + groups
  }

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
    let all = bound + sorts + themes + services + alertCommands + [figures]
    return all.filter { reasonUnavailable($0.intent) == nil }
  }
}
