import Reliability
import TestSupport

/// A Prometheus whose data reach a little beyond the present, and configurations that ask it as often
/// as they may: burn windows every five seconds, and every second while it fails.
final class LiveShop {
  private let data: Backfill
  private(set) var server: PrometheusServer
  private var places: [Workplace] = []

  /// Starts the server.
  ///
  /// - Throws: `ServerProcess.Failure`, for instance when Prometheus is not installed.
  init() async throws {
    // Data must lie around the time at which the program asks, which is the real one.
    let now = Machine.now
    data = Backfill(
      end: (now + .seconds(600)).rounded(downTo: .seconds(60)),
      counters: [
        Backfill.Counter("requests_total", #"code="200""#, [.init(from: .days(31), 990)]),
        Backfill.Counter("requests_total", #"code="500""#, [.init(from: .days(31), 10)]),
      ])
    server = try await data.startPrometheus()
  }

  /// Writes a configuration with two service levels that stand at 99 %.
  ///
  /// - Parameters:
  ///   - url: Where the source is asked; the server itself unless something stands in front of it.
  ///   - timeout: How long the program waits for an answer.
  ///   - settings: Further settings of the source.
  /// - Returns: The path of the file, which is there for as long as the shop.
  /// - Throws: When it cannot be written.
  func configuration(
    url: String? = nil, timeout: String = "500ms", settings: String = ""
  ) throws -> String {
    let sli = TruthData.events(
      bad: TruthData.increase(#"requests_total{code="500"}"#),
      total: TruthData.increase("requests_total"))
    let text = ConfigurationText.text(
      url: url ?? server.url,
      slos: ConfigurationText.slo("shop", "availability", objective: "98", sli: sli)
        + ConfigurationText.slo("shop", "latency", objective: "98", sli: sli),
      settings: "refresh: 1s, timeout: \(timeout)" + settings)
    let place = try Workplace(["config.yaml": text])
    places.append(place)
    return place.file("config.yaml")
  }

  func stop() { server.stop() }

  func freeze() { server.process.freeze() }

  func thaw() { server.process.thaw() }

  /// Starts the server again, on the port it had.
  func restart() async throws {
    server = try await data.startPrometheus(port: server.port)
  }
}
