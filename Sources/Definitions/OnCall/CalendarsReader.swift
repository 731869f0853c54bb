import Reliability
import Yams

/// Reads `calendars` of the section `oncall`: files and feeds that say who is on call.
struct CalendarsReader {
  private enum Key: String, SectionKey { case name, team, layer, file, url, timeZone, refresh }

  let home: String?
  let secrets: SecretReader

  /// The calendars without errors.
  func read(_ oncall: Value) -> [CalendarSettings] {
    guard case .mapping = oncall.node, let list = oncall.topLevel["calendars"], !list.isNull else {
      return []
    }
    var names: Set<String> = []
    return (list.items() ?? []).compactMap { item in
      guard let settings = calendar(item) else { return nil }
      guard names.insert(settings.name).inserted else {
        item.report(.onCall(.duplicateCalendar(settings.name)))
        return nil
      }
      return settings
    }
  }

  private func calendar(_ value: Value) -> CalendarSettings? {
    guard let section = Section<Key>(value) else { return nil }
    let team = section.required(.team, example: "shop")?.text()
    let place = section.exactlyOne(of: [.file, .url])
    let zone = section[.timeZone].map { $0.timeZone().flatMap(NamedZone.init) } ?? NamedZone("UTC")
    let refresh = section[.refresh]?.duration(atLeast: .seconds(10))
    guard let team, let place, let source = self.place(place.key, place.value), let zone else {
      return nil
    }
    return CalendarSettings(
      name: section[.name]?.text() ?? team, team: team,
      layer: section[.layer]?.text() ?? "primary", place: source, timeZone: zone,
      refresh: refresh ?? .seconds(300))
  }

  private func place(_ key: Key, _ value: Value) -> CalendarSettings.Place? {
    if key == .file {
      return value.text().map { .file(FilePath.resolve($0, in: value.place.file, home: home)) }
    }
    // An address in the file itself is usual and no warning: many have no token.
    guard let text = value.scalarText else { return secrets.secret(value).map { .feed($0) } }
    guard ["https://", "http://", "webcal://"].contains(where: text.hasPrefix) else {
      value.report(.onCall(.notAFeed))
      return nil
    }
    return .feed(.literal(text))
  }
}
