import Connectors
import Reliability

extension PrometheusSource {
  /// A source on the real HTTP client.
  static func live(
    _ settings: SourceSettings, slos: [SLO], clock: any WallClock = SkippingClock(),
    environment: [String: String] = [:]
  ) throws -> PrometheusSource {
    try PrometheusSource(
      settings: settings, slos: slos,
      transport: try ClientTransport(settings: settings, environment: environment),
      secrets: SecretResolver(environment: environment), clock: clock, random: { 0.5 })
  }
}

extension [Demand: Result<Reading, ReadingFailure>] {
  /// The answer to a demand, where it succeeded.
  func answer(_ demand: Demand) -> Reading.Answer? {
    guard case .success(let reading) = self[demand] else { return nil }
    return reading.answer
  }

  /// The failure of a demand, where it failed.
  func failure(_ demand: Demand) -> ReadingFailure? {
    guard case .failure(let failure) = self[demand] else { return nil }
    return failure
  }

  /// The share of events that a demand's answer gives.
  func share(_ demand: Demand, _ sli: SLI) -> EventShare? {
    guard let answer = answer(demand), case .measured(let share) = Measurement(answer, of: sli)
    else { return nil }
    return share
  }
}
