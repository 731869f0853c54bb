import Foundation
import Synchronization
import TestSupport

/// A metric source without a database: every question has an answer that the bench decides, so that
/// what is measured is the program alone.
final class SteadySource: Sendable {
  let server: FaultServer
  private let turn = Mutex(0)

  /// Starts to answer: half a percent of all events are bad, forever.
  init() async throws {
    server = try await FaultServer.start { _ in .silence }
    server.behave { [weak self] request in
      self.map { .answer($0.answer(to: request)) } ?? .silence
    }
  }

  /// Gives a tenth of all service levels another value from now on, every time another tenth.
  func change() {
    turn.withLock { $0 += 1 }
  }

  private func answer(to request: FaultServer.Request) -> FaultServer.Answer {
    guard !request.target.contains("/rules") else {
      return FaultServer.Answer(
        status: 200, body: Array(#"{"status":"success","data":{"groups":[]}}"#.utf8))
    }
    let turn = turn.withLock { $0 }
    let isCoverage = request.body.contains("count_over_time")
    let leaves = request.body.components(separatedBy: "label_replace%28").dropFirst()
    let series = leaves.enumerated().map { index, leaf in
      let isTotal = isCoverage || leaf.contains("all%7B")
      let value = isTotal ? 1000 : 5 + SteadySource.changes(of: leaf, until: turn)
      return #"{"metric":{"burnwatch":"\#(index)"},"value":[1795200000,"\#(value)"]}"#
    }
    let isRange = request.target.hasSuffix("query_range")
    let result =
      isRange
      ? #"{"resultType":"matrix","result":[]}"#
      : #"{"resultType":"vector","result":[\#(series.joined(separator: ","))]}"#
    return FaultServer.Answer(
      status: 200, body: Array(#"{"status":"success","data":\#(result)}"#.utf8))
  }

  /// How often the service level of an expression has been among the tenth that changes.
  private static func changes(of leaf: String, until turn: Int) -> Int {
    let parts = leaf.components(separatedBy: "s%3D%22")
    guard parts.count > 1, let number = Int(parts[1].prefix { $0.isNumber }) else { return 0 }
    return (turn + 9 - number % 10) / 10
  }
}

/// A configuration in a directory of its own.
final class BenchConfiguration {
  let path: String
  private let directory: String

  /// Writes a configuration.
  ///
  /// - Parameters:
  ///   - sources: The metric sources' names and addresses.
  ///   - alertmanager: Where alerts are.
  ///   - alertRefresh: The time between two looks at them.
  ///   - count: How many SLOs there are, dealt out to the sources in turn.
  ///   - settings: Further settings of each source.
  ///   - isClockShown: Whether the head shows the time.
  /// - Throws: When it cannot be written.
  init(
    sources: [(name: String, url: String)], alertmanager: String? = nil,
    alertRefresh: String = "1s", count: Int, settings: String = "refresh: 1s",
    isClockShown: Bool = true
  ) throws {
    directory = try ServerProcess.makeDirectory()
    path = "\(directory)/config.yaml"
    var text = """
      apiVersion: burnwatch/v1
      kind: Config
      identity: {name: bench}
      journal: \(directory)/journal.sqlite
      ui: {clock: \(isClockShown)}
      sources:

      """
    for source in sources {
      text += "  - {name: \(source.name), type: prometheus, url: \"\(source.url)\", \(settings)}\n"
    }
    if let alertmanager {
      text +=
        "  - {name: am, type: alertmanager, url: \"\(alertmanager)\", refresh: \(alertRefresh)}\n"
    }
    text += count > 0 ? "slos:\n" : "slos: []\n"
    for index in 0..<count {
      text += """
          - service: service-\(index)
            name: requests
            objective: 99
            window: 30d
            via: query
            source: \(sources[index % sources.count].name)
            sli: {events: {bad: 'sum(increase(bad{s="\(index)"}[{{window}}]))',
                  total: 'sum(increase(all{s="\(index)"}[{{window}}]))'}}

        """
    }
    try ServerProcess.write(text, to: path)
  }

  deinit { ServerProcess.removeDirectory(directory) }
}
