// Real servers that hold a backfill. `promtool` is asked for long blocks: with its usual blocks of
// two hours it would read a month of text several hundred times.

extension Backfill {
  /// Starts a Prometheus server that holds these samples.
  ///
  /// - Parameters:
  ///   - port: Where it listens; nil for a free port.
  ///   - retention: How long it keeps data, as its flag has it.
  /// - Returns: The server, ready.
  /// - Throws: `ServerProcess.Failure`, for instance when Prometheus is not installed.
  package func startPrometheus(
    port: Int? = nil, retention: String = "20y"
  ) async throws -> PrometheusServer {
    let directory = try ServerProcess.makeDirectory()
    try ServerProcess.write(openMetrics, to: "\(directory)/data.om")
    try ServerProcess.write("global: {scrape_interval: 1d}\n", to: "\(directory)/prometheus.yml")
    try await ServerProcess.run(
      "promtool",
      [
        "tsdb", "create-blocks-from", "openmetrics", "--max-block-duration=744h", "data.om", "tsdb",
      ], in: directory)
    let port = try port ?? LoopbackHTTP.freePort()
    let process = try await ServerProcess.start(
      "prometheus",
      [
        "--config.file=prometheus.yml", "--storage.tsdb.path=tsdb",
        "--storage.tsdb.retention.time=\(retention)", "--web.listen-address=127.0.0.1:\(port)",
      ], in: directory, port: port, readyPath: "/-/ready")
    return PrometheusServer(process: process, port: port)
  }

  /// Starts a VictoriaMetrics server that holds these samples.
  ///
  /// - Throws: `ServerProcess.Failure`, for instance when VictoriaMetrics is not installed.
  package func startVictoriaMetrics() async throws -> VictoriaMetricsServer {
    try await VictoriaMetricsServer.start(openMetrics: openMetrics)
  }
}
