/// A real single-node VictoriaMetrics on loopback, fed with the same text as Prometheus.
package struct VictoriaMetricsServer: Sendable {
  /// The running server.
  package let process: ServerProcess
  /// The port of 127.0.0.1 it listens on.
  package let port: Int

  /// The server's base URL.
  package var url: String { "http://127.0.0.1:\(port)" }

  /// Starts a server and imports samples.
  ///
  /// - Parameter openMetrics: Samples with timestamps in seconds; comments are left out.
  /// - Returns: The server, ready.
  /// - Throws: `ServerProcess.Failure`, for instance when VictoriaMetrics is not installed.
  package static func start(openMetrics: String) async throws -> VictoriaMetricsServer {
    let directory = try ServerProcess.makeDirectory()
    let port = try LoopbackHTTP.freePort()
    let process = try await ServerProcess.start(
      "victoria-metrics",
      [
        "-httpListenAddr=127.0.0.1:\(port)", "-storageDataPath=storage", "-retentionPeriod=20y",
        "-loggerLevel=WARN",
      ], in: directory, port: port, readyPath: "/health")
    let server = VictoriaMetricsServer(process: process, port: port)
    let status = LoopbackHTTP.status(
      of: "POST", "/api/v1/import/prometheus", port: port, body: importFormat(openMetrics))
    guard status == 204 || status == 200 else {
      throw ServerProcess.Failure("victoria-metrics refused the samples with status \(status ?? 0)")
    }
    // Makes fresh samples visible to queries at once.
    _ = LoopbackHTTP.status(of: "GET", "/internal/force_flush", port: port)
    return server
  }

  /// Ends the server and removes its files.
  package func stop() { process.stop() }

  /// The text format counts milliseconds where OpenMetrics counts seconds.
  private static func importFormat(_ openMetrics: String) -> [UInt8] {
    var lines = ""
    for line in openMetrics.split(separator: "\n") where !line.hasPrefix("#") {
      lines += "\(line)000\n"
    }
    return Array(lines.utf8)
  }
}
