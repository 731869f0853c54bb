import Connectors
import Reliability

/// SLOs and settings as tests need them.
enum Fixture {
  static let now = Timestamp(milliseconds: 1_795_200_000_000)

  static func slo(
    _ service: String = "checkout", _ name: String = "availability", sli: SLI = errors(),
    window: ObjectiveWindow = .rolling(.days(30)),
    objective: Objective? = Objective(Fraction(999, over: 1000)),
    route: SLO.Route = SLO.Route(preference: .query)
  ) throws -> SLO {
    guard let objective else { throw MissingObjective() }
    return SLO(
      id: "\(service)/\(name)", service: service, name: name, category: .availability, sli: sli,
      objective: objective, window: window, route: route, source: "prom")
  }

  static func errors(service: String = "checkout") -> SLI {
    .events(
      numerator: .bad(
        "sum(increase(http_requests_total{service=\"\(service)\",code=~\"5..\"}[{{window}}]))"),
      total: "sum(increase(http_requests_total{service=\"\(service)\"}[{{window}}]))")
  }

  static func settings(
    _ url: String = "http://127.0.0.1:9090", auth: SourceSettings.Auth? = nil,
    tls: SourceSettings.TLS = SourceSettings.TLS(), headers: [SourceSettings.Header] = [],
    parameters: [SourceSettings.Parameter] = [], timeout: Duration = .seconds(10),
    limits: SourceSettings.Limits = SourceSettings.Limits(requestsPerSecond: 10_000)
  ) -> SourceSettings {
    SourceSettings(
      name: "prom", kind: .prometheus, urls: [url], auth: auth, tls: tls, headers: headers,
      parameters: parameters, timeout: timeout, limits: limits)
  }

  static func demands(_ slos: [SLO], _ windows: [Window] = Window.burnWindows) -> [Demand] {
    slos.flatMap { slo in windows.map { Demand(slo.id, .burn($0)) } }
  }
}

/// A target that is no objective.
private struct MissingObjective: Error {}
