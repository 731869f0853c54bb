import Definitions
import Foundation
import Journal
import Operations
import Reliability
import TestSupport
import Testing

@testable import Commands

@Suite("What a hand-off note is made of")
struct HandOffGatheringTests {
  private static let now = Timestamp(milliseconds: 1_795_269_600_000)
  private static let configuration = """
    apiVersion: burnwatch/v1
    kind: Config
    sources:
      - {name: am, type: alertmanager, url: "http://127.0.0.1:1"}
      - {name: other, type: alertmanager, url: "http://127.0.0.1:2"}
    oncall:
      rotations:
        - {name: shop, layers: [{name: primary, participants: [ines], start: 2026-01-05}]}
        - {name: search, layers: [{name: primary, participants: [tom], start: 2026-01-05}]}
    """

  /// A source that always says the same.
  private struct FixedAlerts: AlertSource {
    let name: String
    let answer: Result<AlertReport, ReadingFailure>

    func report(at instant: Timestamp) async -> Result<AlertReport, ReadingFailure> { answer }

    func health(at instant: Timestamp) async -> SourceHealth? { nil }
  }

  private func alert(_ name: String, hoursAgo: Int, team: String = "shop") -> ReportedAlert {
    ReportedAlert(
      cluster: "am", fingerprint: name,
      labels: LabelSet(["alertname": name, "severity": "critical", "team": team]),
      startsAt: Self.now - .seconds(3600 * hoursAgo))
  }

  private func firing(_ name: String, hoursAgo: Int) -> Firing {
    Firing(
      id: Firing.ID(
        alert: Alert.ID(cluster: "am", fingerprint: name),
        startsAt: Self.now - .seconds(3600 * hoursAgo)),
      name: name, severity: .page, team: "shop", paged: "ines")
  }

  /// The note of shop with these alerts, what the journal has, and the other source's answer.
  private func note(
    _ alerts: [ReportedAlert], known: [Firing],
    other: Result<AlertReport, ReadingFailure> = .success(AlertReport(alerts: []))
  ) async throws -> HandOffNote {
    let folder = FileManager.default.temporaryDirectory.appending(path: UUID().uuidString)
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    let file = folder.appending(path: "config.yaml").path
    try Data(Self.configuration.utf8).write(to: URL(filePath: file))
    let surroundings = Surroundings(environment: [:], hostName: "host", operatorID: getuid())
    let loaded = surroundings.loader(files: LocalFileSystem(), themes: [])
      .load(configurationAt: file)
    let configuration = try #require(loaded.configuration, "\(loaded.diagnostics)")
    let journal = MemoryJournal()
    try await journal.keep(known, dropping: [])
    let sources = [
      FixedAlerts(name: "am", answer: .success(AlertReport(alerts: alerts))),
      FixedAlerts(name: "other", answer: other),
    ]
    let session = Session(
      configuration, clock: ManualClock(at: Self.now),
      sources: { settings, _ in UnusableSource(settings, reason: "unused", since: Self.now) },
      alertParts: AlertParts(
        subscriptions: sources.map {
          AlertEngine.Subscription(source: $0, kind: .alertmanager, refresh: .seconds(15))
        },
        backends: [], journal: journal,
        setup: AlertParts.setup(configuration, isReadOnly: true, surroundings: surroundings)),
      publish: { _ in })
    _ = await session.askDue(at: Self.now)
    _ = await session.onCall.askAll()
    let found = await session.handOffNote(HandOffWish(team: "shop", words: ""), at: Self.now)
    return try #require(found)
  }

  private func lines(_ note: HandOffNote) -> [String] {
    note.firings.map { firing in
      let end = firing.endsAt.map { "\(($0 - firing.id.startsAt).inSeconds / 3600) h" }
      return "\(firing.name) \(end ?? "goes on")"
    }
  }

  @Test("What fires is told though no burnwatch wrote it down, also beside a source that is silent")
  func unwritten() async throws {
    let alerts = [
      alert("A", hoursAgo: 3), alert("B", hoursAgo: 2),
      alert("Theirs", hoursAgo: 1, team: "search"),
    ]
    let known = [firing("A", hoursAgo: 3)]
    let note = try await note(alerts, known: known)
    #expect(lines(note) == ["A goes on", "B goes on"])
    #expect(note.firings.map(\.paged) == ["ines", nil])
    let beside = try await self.note(alerts, known: known, other: .failure(.unavailable("down")))
    #expect(lines(beside) == ["A goes on", "B goes on"] && !beside.gaps.isEmpty)
  }

  @Test("What has ended meanwhile, or began anew, is told as such")
  func ended() async throws {
    let note = try await note(
      [alert("B", hoursAgo: 1)], known: [firing("A", hoursAgo: 3), firing("B", hoursAgo: 2)])
    #expect(lines(note) == ["A 3.0 h", "B 1.0 h", "B goes on"])
    #expect(note.firings.first?.isEndSeen == false)
  }
}
