import Reliability
import TestSupport

/// A Prometheus whose data reach a little beyond the present, and a configuration that asks it
/// every second.
final class LiveShop {
  /// The path of the configuration.
  let configuration: String

  private let place: Workplace
  private let data: Backfill
  private var server: PrometheusServer

  /// Starts the server.
  ///
  /// - Parameter timeout: How long the program waits for an answer of it.
  /// - Throws: `ServerProcess.Failure`, for instance when Prometheus is not installed.
  init(timeout: String = "500ms") async throws {
    // Data must lie around the time at which the program asks, which is the real one.
    let now = Machine.now
    data = Backfill(
      end: (now + .seconds(600)).rounded(downTo: .seconds(60)),
      counters: [
        Backfill.Counter("requests_total", #"code="200""#, [.init(from: .days(31), 990)]),
        Backfill.Counter("requests_total", #"code="500""#, [.init(from: .days(31), 10)]),
      ])
    server = try await data.startPrometheus()
    let sli = TruthData.events(
      bad: TruthData.increase(#"requests_total{code="500"}"#),
      total: TruthData.increase("requests_total"))
    place = try Workplace([
      "config.yaml": ConfigurationText.text(
        url: server.url,
        slos: ConfigurationText.slo("shop", "availability", objective: "98", sli: sli)
          + ConfigurationText.slo("shop", "latency", objective: "98", sli: sli),
        settings: "refresh: 1s, timeout: \(timeout)")
    ])
    configuration = place.file("config.yaml")
  }

  func stop() { server.stop() }

  func freeze() { server.process.freeze() }

  func thaw() { server.process.thaw() }

  func fail(_ fault: EndToEnd.FaultTests.Fault) {
    switch fault {
    case .hanging: freeze()
    case .gone: server.stop()
    }
  }

  /// Makes the server answer again, on the port it had.
  func recover(_ fault: EndToEnd.FaultTests.Fault) async throws {
    switch fault {
    case .hanging: thaw()
    case .gone: server = try await data.startPrometheus(port: server.port)
    }
  }
}
