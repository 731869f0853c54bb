import Definitions
import Foundation
import Operations
import Reliability
import Synchronization
import TestSupport
import Testing

@testable import Commands

/// Reading the configuration again, and what goes on meanwhile.
@Suite struct ReloaderTests {
  /// Everything a reloader did, in order.
  private final class Log: Sendable {
    private let lines = Mutex<[String]>([])

    var all: [String] { lines.withLock { $0 } }

    func note(_ line: String) {
      lines.withLock { $0.append(line) }
    }
  }

  private static func reading(
    _ themes: ThemeCatalog, theme: String?, problems: [String] = [], hasErrors: Bool = false
  ) -> Reloader.Reading {
    let configuration = Configuration(
      identity: Identity(name: "ines"), sources: [], slos: [], theme: theme)
    let configured = Configured(
      configuration: configuration, path: "config.yaml", diagnostics: [], files: [])
    return Reloader.Reading(
      configured: configured, themes: themes, problems: problems, hasErrors: hasErrors, files: [])
  }

  private func play(_ readings: [Reloader.Reading]) async -> [String] {
    let log = Log()
    let rest = Mutex(readings.dropFirst())
    let reloader = Reloader(
      first: readings[0], read: { rest.withLock { $0.removeFirst() } },
      adopt: { log.note("adopt \($0.configuration.theme ?? "-")") },
      tell: { news in
        switch news {
        case .adopted(let reading): log.note("adopted, \(reading.problems.count) problems")
        case .refused(let problems): log.note("refused: \(problems.joined())")
        }
      })
    for _ in readings.dropFirst() { await reloader.reload() }
    return log.all
  }

  private let themes = Surroundings(environment: [:], hostName: "h", operatorID: 0).themes

  @Test("A changed configuration is put to use, an equal one changes nothing")
  func adoption() async {
    let dark = Self.reading(themes, theme: "dark")
    let light = Self.reading(themes, theme: "light")
    #expect(await play([dark, dark, light]) == ["adopt light", "adopted, 0 problems"])
  }

  @Test("A configuration with errors is shown and not used; mended, it is used")
  func refusal() async {
    let good = Self.reading(themes, theme: "dark")
    let bad = Self.reading(themes, theme: "light", problems: ["line 3"], hasErrors: true)
    let mended = Self.reading(themes, theme: "light")
    #expect(
      await play([good, bad, bad, mended]) == [
        "refused: line 3", "adopt light", "adopted, 0 problems",
      ])
  }

  @Test("Going back to what is in use takes the problems off the screen")
  func backToGood() async {
    let good = Self.reading(themes, theme: "dark")
    let bad = Self.reading(themes, theme: "dark", problems: ["line 3"], hasErrors: true)
    #expect(await play([good, bad, good]) == ["refused: line 3", "adopted, 0 problems"])
  }

  @Test("A successor begins with what is known of SLOs that stayed as they were")
  func inheritance() async throws {
    let clock = ManualClock(at: Timestamp(milliseconds: 1_795_269_600_000))
    let source = InMemoryMetricSource(name: "shop") { _, instant in
      .success(.sample(1, of: 1000, at: instant))
    }
    func engine(_ slos: [SLO], _ memory: [SLO: KnownReadings]) -> Engine {
      Engine(
        slos: slos, subscriptions: [.init(source: source, refresh: .seconds(15))], clock: clock,
        inheriting: memory, publish: { _ in })
    }
    let kept = try SLO.sample(name: "kept")
    let first = engine([kept, try .sample(name: "changed")], [:])
    await first.askDue(at: clock.now)
    let second = engine(
      [kept, try .sample(name: "changed", objective: "0.99")], await first.memory)
    #expect(second.firstSnapshot.serviceLevels.map(\.status) == [.ok, .waiting])
  }

  @Test("A changed, new or removed file is noticed, and so is one that comes back")
  func stamps() throws {
    let directory = FileManager.default.temporaryDirectory.appending(path: UUID().uuidString)
    try FileManager.default.createDirectory(at: directory, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: directory) }
    let file = directory.appending(path: "config.yaml")
    try "a".write(to: file, atomically: false, encoding: .utf8)
    let before = FileStamps(of: [file.path])
    #expect(FileStamps(of: [file.path]) == before)
    try "ab".write(to: file, atomically: false, encoding: .utf8)
    let changed = FileStamps(of: [file.path])
    #expect(changed != before)
    try "x".write(
      to: directory.appending(path: "new.yaml"), atomically: false, encoding: .utf8)
    #expect(FileStamps(of: [file.path]) != changed)
    try FileManager.default.removeItem(at: file)
    #expect(FileStamps(of: [file.path]) != changed)
  }
}
