import Reliability

extension Value {
  private enum WindowKey: String, SectionKey { case calendar, timeZone, events }

  /// The window of an objective: `30d`, or `{calendar: month, timeZone: Europe/Berlin}`.
  func objectiveWindow() -> ObjectiveWindow? {
    if scalarText != nil { return window().map(ObjectiveWindow.rolling) }
    guard let section = Section<WindowKey>(self) else { return nil }
    if let value = section[.events] {
      let instead = "Write a length such as 30d, or {calendar: month}."
      value.report(.serviceLevel(.unsupported("A window of events", instead: instead)))
      return nil
    }
    let unit = section.required(.calendar, example: "month")?
      .name("calendar unit", of: CalendarUnit.self)
    let timeZone = section[.timeZone].map { $0.timeZone() } ?? "UTC"
    guard let unit, let timeZone else { return nil }
    return CalendarPeriod(unit, timeZone: timeZone).map(ObjectiveWindow.calendar)
  }
}
