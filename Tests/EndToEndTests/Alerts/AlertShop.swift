import Foundation
import Reliability
import TestSupport

/// Alertmanagers with alerts, and a configuration that watches them.
final class AlertShop {
  let members: [AlertmanagerServer]
  private let place: Workplace

  /// Starts Alertmanagers and writes the configuration.
  ///
  /// - Parameters:
  ///   - count: How many members the cluster has.
  ///   - settings: Further sections of the configuration.
  /// - Throws: `ServerProcess.Failure`, for instance when Alertmanager is not installed.
  init(members count: Int = 1, settings: String = "") async throws {
    members =
      count == 1 ? [try await AlertmanagerServer.start()] : try await .cluster(of: count)
    place = try Workplace()
    try place.write(
      AlertShop.configuration(members.map(\.url), journal: place.file("journal.sqlite"), settings),
      to: "config.yaml")
  }

  private static func configuration(
    _ urls: [String], journal: String, _ settings: String
  ) -> String {
    let list = urls.map { "\"\($0)\"" }.joined(separator: ", ")
    return """
      apiVersion: burnwatch/v1
      kind: Config
      identity: {name: ines}
      journal: \(journal)
      sources:
        - {name: am, type: alertmanager, urls: [\(list)], refresh: 1s, timeout: 1s}
      \(settings)

      """
  }

  var configuration: String { place.file("config.yaml") }
  var journal: String { place.file("journal.sqlite") }

  /// Writes the configuration again, for sources at other addresses.
  func watch(_ urls: [String], settings: String = "") throws {
    try place.write(
      AlertShop.configuration(urls, journal: journal, settings), to: "config.yaml")
  }

  /// Posts alerts to all members, as Prometheus does.
  func fire(
    _ names: String..., labels: [String: String] = [:], annotations: [String: String] = [:]
  ) throws {
    for member in members {
      try member.post(
        names.map { name in
          (["alertname": name].merging(labels) { $1 }, annotations)
        })
    }
  }

  func stop() {
    for member in members { member.stop() }
  }
}

extension [AlertmanagerServer] {
  fileprivate static func cluster(of count: Int) async throws -> [AlertmanagerServer] {
    try await AlertmanagerServer.cluster(of: count)
  }
}

/// Waits until something holds, looking every few milliseconds.
///
/// - Returns: How long it took; `nil` when it did not come within the limit.
func waitUntil(
  atMost limit: Duration = .seconds(10), _ holds: () throws -> Bool
) rethrows -> Duration? {
  let start = ContinuousClock.now
  while try !holds() {
    guard ContinuousClock.now - start < limit else { return nil }
    usleep(2000)
  }
  return ContinuousClock.now - start
}
