import Foundation
import Reliability
import TestSupport

/// A real Prometheus and a real Alertmanager with a configuration that has runbooks.
final class RunbookShop {
  let alertmanager: AlertmanagerServer
  private let prometheus: PrometheusServer?
  private let exporter: FaultServer?
  private let place: Workplace

  /// Starts the servers and writes the files.
  ///
  /// - Parameters:
  ///   - books: The runbooks, by the names of their files.
  ///   - errors: The value of `shop_errors` at first; then there is a Prometheus that scrapes it every
  ///     second from the file `errors`, in which commands can change it.
  ///   - settings: Further sections of the configuration.
  /// - Throws: `ServerProcess.Failure`, for instance when a server is not installed.
  init(_ books: [String: String], errors: Int? = nil, settings: String = "") async throws {
    let place = try Workplace()
    self.place = place
    alertmanager = try await AlertmanagerServer.start()
    if let errors {
      try place.write("\(errors)\n", to: "errors")
      let path = place.file("errors")
      let exporter = try await FaultServer.start { _ in
        let value = (try? String(contentsOfFile: path, encoding: .utf8)) ?? "NaN\n"
        return .answer(
          status: 200, type: "text/plain; version=0.0.4", "shop_errors{service=\"shop\"} \(value)")
      }
      self.exporter = exporter
      prometheus = try await PrometheusServer.start(scraping: exporter.port)
    } else {
      exporter = nil
      prometheus = nil
    }
    for (name, text) in books { try place.write(text, to: "books/\(name)") }
    let metrics =
      prometheus.map {
        "\n  - {name: prom, type: prometheus, url: \"\($0.url)\", refresh: 1s, timeout: 2s}"
      } ?? ""
    try place.write(
      """
      apiVersion: burnwatch/v1
      kind: Config
      identity: {name: ines}
      journal: \(place.file("journal.sqlite"))
      sources:
        - {name: am, type: alertmanager, urls: ["\(alertmanager.url)"], refresh: 1s, timeout: 1s}\(metrics)
      runbooks: {directories: [books], urlPrefixes: {"https://runbooks.example.com/": books/}}
      \(settings)

      """, to: "config.yaml")
  }

  var configuration: String { place.file("config.yaml") }
  func file(_ name: String) -> String { place.file(name) }
  func write(_ text: String, to name: String) throws { try place.write(text, to: name) }

  /// Posts an alert, as Prometheus does.
  func fire(
    _ name: String, labels: [String: String] = [:], annotations: [String: String] = [:]
  ) throws {
    try alertmanager.post([(["alertname": name].merging(labels) { $1 }, annotations)])
  }

  func stop() {
    alertmanager.stop()
    prometheus?.stop()
    exporter?.stop()
  }

  /// Whether any process has this text among its arguments.
  static func isRunning(_ mark: String) -> Bool {
    let processes = (try? FileManager.default.contentsOfDirectory(atPath: "/proc")) ?? []
    return processes.contains { name in
      guard Int(name) != nil,
        let arguments = try? Data(contentsOf: URL(fileURLWithPath: "/proc/\(name)/cmdline"))
      else { return false }
      return String(decoding: arguments, as: UTF8.self).contains(mark)
    }
  }
}
