/// A real Prometheus server on loopback, with data that a test wrote into the past.
package struct PrometheusServer: Sendable {
  /// The running server.
  package let process: ServerProcess
  /// The port of 127.0.0.1 it listens on.
  package let port: Int

  /// The server's base URL.
  package var url: String { "http://127.0.0.1:\(port)" }

  /// Turns OpenMetrics text into storage blocks and starts a server on them.
  ///
  /// - Parameters:
  ///   - openMetrics: Samples with timestamps in seconds, with its final `# EOF`.
  ///   - arguments: Further arguments of the server.
  /// - Returns: The server, ready.
  /// - Throws: `ServerProcess.Failure`, for instance when Prometheus is not installed.
  package static func start(
    openMetrics: String, arguments: [String] = []
  ) async throws -> PrometheusServer {
    let directory = try ServerProcess.makeDirectory()
    try ServerProcess.write(openMetrics, to: "\(directory)/data.om")
    try ServerProcess.write("global: {scrape_interval: 1d}\n", to: "\(directory)/prometheus.yml")
    try await ServerProcess.run(
      "promtool", ["tsdb", "create-blocks-from", "openmetrics", "data.om", "tsdb"], in: directory)
    let port = try LoopbackHTTP.freePort()
    let process = try await ServerProcess.start(
      "prometheus",
      [
        "--config.file=prometheus.yml", "--storage.tsdb.path=tsdb",
        "--storage.tsdb.retention.time=20y", "--web.listen-address=127.0.0.1:\(port)",
      ] + arguments, in: directory, port: port, readyPath: "/-/ready")
    return PrometheusServer(process: process, port: port)
  }

  /// Starts a server that evaluates rules from now on, and has no other data.
  ///
  /// - Parameters:
  ///   - rules: The rule file.
  ///   - alertmanager: The port of the Alertmanager that is told of alerts.
  ///   - externalLabels: What it adds to the labels of alerts on their way.
  /// - Returns: The server, ready.
  /// - Throws: `ServerProcess.Failure`, for instance when Prometheus is not installed.
  package static func start(
    rules: String, alertmanager: Int, externalLabels: [String: String]
  ) async throws -> PrometheusServer {
    let directory = try ServerProcess.makeDirectory()
    let labels = externalLabels.map { "\($0.key): \($0.value)" }.joined(separator: ", ")
    try ServerProcess.write(rules, to: "\(directory)/rules.yml")
    try ServerProcess.write(
      """
      global: {evaluation_interval: 1s, external_labels: {\(labels)}}
      rule_files: [rules.yml]
      alerting: {alertmanagers: [{static_configs: [{targets: ["127.0.0.1:\(alertmanager)"]}]}]}

      """, to: "\(directory)/prometheus.yml")
    let port = try LoopbackHTTP.freePort()
    let process = try await ServerProcess.start(
      "prometheus",
      [
        "--config.file=prometheus.yml", "--storage.tsdb.path=tsdb",
        "--web.listen-address=127.0.0.1:\(port)", "--rules.alert.resend-delay=1s",
      ], in: directory, port: port, readyPath: "/-/ready")
    return PrometheusServer(process: process, port: port)
  }

  /// Starts a server that scrapes one target every second from now on, and has no other data.
  ///
  /// - Parameter target: The port of 127.0.0.1 that serves `/metrics`.
  /// - Returns: The server, ready.
  /// - Throws: `ServerProcess.Failure`, for instance when Prometheus is not installed.
  package static func start(scraping target: Int) async throws -> PrometheusServer {
    let directory = try ServerProcess.makeDirectory()
    try ServerProcess.write(
      """
      global: {scrape_interval: 1s}
      scrape_configs:
        - {job_name: shop, static_configs: [{targets: ["127.0.0.1:\(target)"]}]}

      """, to: "\(directory)/prometheus.yml")
    let port = try LoopbackHTTP.freePort()
    let process = try await ServerProcess.start(
      "prometheus",
      [
        "--config.file=prometheus.yml", "--storage.tsdb.path=tsdb",
        "--web.listen-address=127.0.0.1:\(port)",
      ], in: directory, port: port, readyPath: "/-/ready")
    return PrometheusServer(process: process, port: port)
  }

  /// Ends the server and removes its files.
  package func stop() { process.stop() }
}
