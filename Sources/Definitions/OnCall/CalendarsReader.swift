import Reliability
import Yams

/// Reads `calendars` of sections `oncall`: files, feeds and PagerDuty, which say who is on call.
struct CalendarsReader {
  private enum Key: String, SectionKey {
    case name, team, layer, file, url, pagerduty, timeZone, refresh
  }
  private enum PagerDutyKey: String, SectionKey { case source, policy, schedule }

  let home: String?
  let files: any FileSystem
  let secrets: SecretReader
  let sources: SourceChoice

  /// The calendars without errors, and whether there are no others.
  func read(_ sections: [Value]) -> (calendars: [CalendarSettings], areAllRead: Bool) {
    let lists = sections.lists("calendars")
    var names: Set<String> = []
    let calendars = lists.compactMap(\.self).joined().map { item -> CalendarSettings? in
      guard let settings = calendar(item) else { return nil }
      guard names.insert(settings.name).inserted else {
        item.report(.onCall(.duplicateCalendar(settings.name)))
        return nil
      }
      return settings
    }
    return (
      calendars.compactMap(\.self),
      !lists.contains { $0 == nil } && !calendars.contains { $0 == nil }
    )
  }

  private func calendar(_ value: Value) -> CalendarSettings? {
    guard let section = Section<Key>(value) else { return nil }
    let team = section.required(.team, example: "shop")?.text()
    let place = section.exactlyOne(of: [.file, .url, .pagerduty])
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
    switch key {
    case .file: value.text().map { .file(existing($0, value)) }
    case .pagerduty: pagerDuty(value)
    default: feed(value)
    }
  }

  /// The path of a file, with a warning where there is none.
  private func existing(_ text: String, _ value: Value) -> String {
    let path = FilePath.resolve(text, in: value.place.file, home: home)
    if files.kind(of: path) == nil { value.report(.onCall(.missingCalendar(text))) }
    return path
  }

  private func feed(_ value: Value) -> CalendarSettings.Place? {
    guard let text = value.scalarText else { return secrets.secret(value).map { .feed($0) } }
    guard ["https://", "http://", "webcal://"].contains(where: text.hasPrefix) else {
      value.report(.onCall(.notAFeed))
      return nil
    }
    if CalendarsReader.mayHoldToken(text) { value.report(.source(.literalSecret)) }
    return .feed(.literal(text))
  }

  /// Whether an address looks as if whoever has it may read the calendar: credentials, a parameter that
  /// is called so, or a word of at least eight letters and digits.
  private static func mayHoldToken(_ address: String) -> Bool {
    let parts = address.split(separator: "/").dropFirst()
    let words = parts.dropFirst().joined(separator: "/").split { !$0.isLetter && !$0.isNumber }
    let names = ["token", "key", "secret", "auth", "signature", "password"]
    return (parts.first ?? "").contains("@")
      || words.contains { names.contains($0.lowercased()) }
      || words.contains {
        $0.count >= 8 && $0.contains(where: \.isNumber) && $0.contains(where: \.isLetter)
      }
  }

  private func pagerDuty(_ value: Value) -> CalendarSettings.Place? {
    guard let section = Section<PagerDutyKey>(value) else { return nil }
    let source = sources.pagerDuty(section[.source], for: value)
    let choice = section.exactlyOne(of: [.policy, .schedule])
    guard let source, let choice, let id = choice.value.pagerDutyID() else { return nil }
    let kind: PagerDutyShifts.Kind = choice.key == .policy ? .policy : .schedule
    return .pagerDuty(PagerDutyShifts(source: source, kind: kind, id: id))
  }
}

extension Value {
  /// An id as PagerDuty's addresses have them, such as `PABC123`.
  fileprivate func pagerDutyID() -> String? {
    guard let text = text() else { return nil }
    let isID = text.utf8.allSatisfy { byte in
      (48...57).contains(byte) || (65...90).contains(byte) || (97...122).contains(byte)
    }
    guard isID, (1...40).contains(text.utf8.count) else {
      report(.onCall(.notAPagerDutyID(text)))
      return nil
    }
    return text
  }
}
