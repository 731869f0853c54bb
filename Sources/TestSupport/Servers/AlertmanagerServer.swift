internal import Foundation

/// A real Alertmanager on loopback, alone or as a member of a cluster.
package final class AlertmanagerServer: Sendable {
  /// The port of 127.0.0.1 it listens on.
  package let port: Int
  /// The port at which it meets the other members.
  package let clusterPort: Int
  private let process: ServerProcess

  /// The base URL.
  package var url: String { "http://127.0.0.1:\(port)" }

  private init(process: ServerProcess, port: Int, clusterPort: Int) {
    self.process = process
    self.port = port
    self.clusterPort = clusterPort
  }

  private static let configuration = """
    route: {receiver: nobody, group_by: [alertname], group_wait: 1s, group_interval: 1s}
    receivers: [{name: nobody}]
    inhibit_rules:
      - {source_matchers: ['severity="critical"'], target_matchers: ['severity="warning"'], equal: [zone]}

    """

  /// Starts a server.
  ///
  /// - Parameters:
  ///   - port: Where it listens; a free port unless it is one that comes back.
  ///   - clusterPort: Where it meets others; `nil` makes it a cluster of its own.
  ///   - peers: The cluster ports of other members.
  /// - Returns: The server, ready.
  /// - Throws: `ServerProcess.Failure`, for instance when Alertmanager is not installed.
  package static func start(
    port: Int? = nil, clusterPort: Int? = nil, peers: [Int] = []
  ) async throws -> AlertmanagerServer {
    let directory = try ServerProcess.makeDirectory()
    try ServerProcess.write(configuration, to: "\(directory)/alertmanager.yml")
    let port = try port ?? LoopbackHTTP.freePort()
    let cluster = clusterPort.map { "127.0.0.1:\($0)" } ?? ""
    let process = try await ServerProcess.start(
      "prometheus-alertmanager",
      [
        "--config.file=alertmanager.yml", "--storage.path=data",
        "--web.listen-address=127.0.0.1:\(port)", "--cluster.listen-address=\(cluster)",
        "--cluster.gossip-interval=50ms", "--cluster.settle-timeout=1s",
        "--cluster.reconnect-interval=500ms", "--cluster.pushpull-interval=2s",
      ] + peers.map { "--cluster.peer=127.0.0.1:\($0)" },
      in: directory, port: port, readyPath: "/-/ready")
    return AlertmanagerServer(process: process, port: port, clusterPort: clusterPort ?? 0)
  }

  /// Starts a cluster of some members that know each other.
  package static func cluster(of count: Int) async throws -> [AlertmanagerServer] {
    let ports = try (0..<count).map { _ in try LoopbackHTTP.freePort() }
    var members: [AlertmanagerServer] = []
    for port in ports {
      members.append(
        try await start(clusterPort: port, peers: ports.filter { $0 != port }))
    }
    return members
  }

  /// Ends the server and removes its files; it may be started again on the same ports.
  package func stop() { process.stop() }

  /// Stops the process for a while, so that it accepts connections and never answers.
  package func freeze() { process.freeze() }

  /// Lets a frozen process go on.
  package func thaw() { process.thaw() }

  // MARK: - What a test does as Prometheus would

  /// Posts alerts as Prometheus does; one that has ended has its end in the past.
  ///
  /// - Parameters:
  ///   - alerts: Labels and annotations of each.
  ///   - isFiring: Whether they go on.
  /// - Throws: `ServerProcess.Failure` when the server does not take them.
  package func post(
    _ alerts: [(labels: [String: String], annotations: [String: String])], isFiring: Bool = true
  ) throws {
    let now = Date()
    let end = now.addingTimeInterval(isFiring ? 3600 : -1)
    let body = alerts.map { alert -> [String: Any] in
      [
        "labels": alert.labels, "annotations": alert.annotations,
        "startsAt": now.addingTimeInterval(-60).formatted(.iso8601),
        "endsAt": end.formatted(.iso8601), "generatorURL": "http://prometheus.example.com/graph",
      ]
    }
    let data = try JSONSerialization.data(withJSONObject: body)
    let status = LoopbackHTTP.status(
      of: "POST", "/api/v2/alerts", port: port, body: [UInt8](data), type: "application/json")
    guard status == 200 else {
      throw ServerProcess.Failure("posting alerts was answered \(status ?? 0)")
    }
  }

  /// A silence as the API tells it.
  package struct Silence: Sendable {
    /// The identity.
    package let id: String
    /// `active`, `pending` or `expired`.
    package let state: String
    /// Who made it.
    package let createdBy: String
    /// Why.
    package let comment: String
    /// When it ends, RFC 3339.
    package let endsAt: String
    /// Name, value, whether it is a regular expression, whether it is positive.
    package let matchers: [Matcher]

    /// A matcher as the API tells it.
    package struct Matcher: Hashable, Sendable {
      /// The label.
      package let name: String
      /// Its value.
      package let value: String
      /// Whether the value is a regular expression.
      package let isRegex: Bool
      /// Whether it must hold, in contrast to must not.
      package let isEqual: Bool

      /// Makes a matcher.
      package init(name: String, value: String, isRegex: Bool = false, isEqual: Bool = true) {
        self.name = name
        self.value = value
        self.isRegex = isRegex
        self.isEqual = isEqual
      }
    }
  }

  /// The silences the server knows.
  package func silences() throws -> [Silence] {
    let answer = LoopbackHTTP.get("/api/v2/silences", port: port)
    guard let list = try JSONSerialization.jsonObject(with: Data(answer)) as? [[String: Any]] else {
      return []
    }
    return list.map { item in
      let matchers = item["matchers"] as? [[String: Any]] ?? []
      return Silence(
        id: item["id"] as? String ?? "",
        state: (item["status"] as? [String: Any])?["state"] as? String ?? "",
        createdBy: item["createdBy"] as? String ?? "", comment: item["comment"] as? String ?? "",
        endsAt: item["endsAt"] as? String ?? "",
        matchers: matchers.map { matcher in
          Silence.Matcher(
            name: matcher["name"] as? String ?? "", value: matcher["value"] as? String ?? "",
            isRegex: matcher["isRegex"] as? Bool ?? false,
            isEqual: matcher["isEqual"] as? Bool ?? true)
        })
    }
  }

  /// The silences that are in force.
  package func activeSilences() throws -> [Silence] {
    try silences().filter { $0.state == "active" }
  }
}
