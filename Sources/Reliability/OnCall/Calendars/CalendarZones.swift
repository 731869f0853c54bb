/// Finds the zones that the times of a calendar name.
struct CalendarZones {
  private let own: [String: CalendarComponent]
  /// For times without a zone: the calendar's `X-WR-TIMEZONE`, or else what the caller says.
  private let floating: any ZoneOffsets
  /// The name of a zone that the calendar gives and nothing explains.
  let unknownName: String?
  /// Whether times without a zone were asked about.
  private(set) var areFloatingUsed = false
  private var known: [String: (any ZoneOffsets)?] = [:]

  init(_ calendar: CalendarComponent, configured: any ZoneOffsets) {
    let blocks = calendar.components.filter { $0.name == "VTIMEZONE" }.compactMap { block in
      block["TZID"].map { ($0.value, block) }
    }
    let own = Dictionary(blocks) { first, _ in first }
    self.own = own
    let name = calendar["X-WR-TIMEZONE"].map(\.text).flatMap { $0.isEmpty ? nil : $0 }
    let zone = name.flatMap { CalendarZones.named($0) ?? own[$0].flatMap(OwnZone.init) }
    floating = zone ?? configured
    unknownName = zone == nil ? name : nil
  }

  /// The zone of times without one.
  mutating func floatingZone() -> any ZoneOffsets {
    areFloatingUsed = true
    return floating
  }

  /// The zone of a name; `nil` when nothing explains it.
  mutating func zone(_ name: String) -> (any ZoneOffsets)? {
    if let found = known[name] { return found }
    // The machine's own rules come first: calendars carry only those of the year they were made in.
    let zone = CalendarZones.named(name) ?? own[name].flatMap(OwnZone.init)
    known[name] = zone
    return zone
  }

  private static func named(_ name: String) -> (any ZoneOffsets)? {
    if let zone = NamedZone(name) { return zone }
    // What Exchange calls UTC.
    if name.lowercased() == "tzone://microsoft/utc" { return FixedZone.utc }
    if let zone = WindowsZones.name(of: name).flatMap(NamedZone.init) { return zone }
    // Some programs put their own name before it: /freeassociation.sourceforge.net/Europe/Berlin.
    let parts = name.split(separator: "/")
    guard parts.count > 2 else { return nil }
    for count in [3, 2] where count < parts.count {
      if let zone = NamedZone(parts.suffix(count).joined(separator: "/")) { return zone }
    }
    return nil
  }
}
