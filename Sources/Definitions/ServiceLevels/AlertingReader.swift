import Reliability

/// Reads the `alerting` of an SLO.
struct AlertingReader {
  private enum Key: String, SectionKey { case page, ticket, minBadEvents, conditions }
  private enum ConditionKey: String, SectionKey { case severity, factor, long, short }

  func read(_ value: Value) -> SLO.Alerting? {
    guard let section = Section<Key>(value) else { return nil }
    let standard = SLO.Alerting()
    return SLO.Alerting(
      pages: section[.page]?.boolean() ?? standard.pages,
      tickets: section[.ticket]?.boolean() ?? standard.tickets,
      minBadEvents: section[.minBadEvents]?.wholeNumber(0...1_000_000) ?? standard.minBadEvents,
      conditions: section[.conditions]?.items().map { $0.compactMap(condition) })
  }

  private func condition(_ value: Value) -> BurnCondition? {
    guard let section = Section<ConditionKey>(value) else { return nil }
    let severity = section.required(.severity, example: "page")?
      .name("severity", of: Severity.self)
    let factor = section.required(.factor, example: "14.4")?.positiveNumber(upTo: 100_000)
    let long = section.required(.long, example: "1h")?.window()
    let short = section.required(.short, example: "5m")?.window()
    guard let severity, let factor, let long, let short else { return nil }
    guard short < long else {
      section[.short]?.report(.serviceLevel(.shortWindowNotShorter(short: short, long: long)))
      return nil
    }
    return BurnCondition(severity: severity, factor: factor, long: long, short: short)
  }
}
