import Foundation
import Logging
import Operations
import Reliability
import TestSupport
import Testing

@testable import Commands

/// The log: what is worth a line, and a file that stays small and safe.
@Suite struct LogTests {
  private static let now = Timestamp(milliseconds: 1_795_269_802_000)

  private static func snapshot(
    _ state: SourceHealth.State, fault: String? = nil, burning: Bool = false,
    quarantine: [SourceHealth.Quarantine] = []
  ) throws -> Snapshot {
    let slo = try SLO.sample()
    var known = KnownReadings()
    let reading = Reading.sample(burning ? 2000 : 1, of: 100_000, at: now)
    for window in slo.burnWindows {
      known.record(.success(reading), for: .burn(window), of: slo.sli)
    }
    known.record(.success(reading), for: .objective(.days(30)), of: slo.sli)
    let level = Evaluator(slo: slo, refresh: .seconds(15)).state(of: known, at: now)
    let source = SourceHealth(
      name: "prom", type: "prometheus", address: "http://x", state: state,
      lastError: fault.map { .init(message: $0, at: now) }, quarantine: quarantine)
    return Snapshot(at: now, serviceLevels: [level], sources: [source])
  }

  @Test("A source that fails and recovers, and a condition that begins and ends, are written down")
  func changes() throws {
    let calm = try Self.snapshot(.ok)
    let failing = try Self.snapshot(.open, fault: "no answer within 10 s")
    let burning = try Self.snapshot(.open, fault: "no answer within 10 s", burning: true)
    #expect(
      SnapshotLog.entries(from: calm, to: failing) == [
        .init(level: .warning, text: "source prom: open: no answer within 10 s")
      ])
    #expect(
      SnapshotLog.entries(from: failing, to: burning) == [
        .init(level: .notice, text: "checkout/availability: burning, page")
      ])
    #expect(
      SnapshotLog.entries(from: burning, to: calm) == [
        .init(level: .info, text: "source prom: ok"),
        .init(level: .notice, text: "checkout/availability: burns no more"),
      ])
    #expect(SnapshotLog.entries(from: calm, to: calm).isEmpty)
  }

  @Test("A refused expression is written down once")
  func quarantine() throws {
    let held = SourceHealth.Quarantine(slo: "a/b", message: "parse error", nextTry: Self.now)
    let before = try Self.snapshot(.ok)
    let after = try Self.snapshot(.ok, quarantine: [held])
    #expect(
      SnapshotLog.entries(from: before, to: after) == [
        .init(level: .warning, text: "source prom: refuses a/b: parse error")
      ])
    #expect(SnapshotLog.entries(from: after, to: after).isEmpty)
  }

  @Test("A line has its time and level, and no control character of a message")
  func lines() throws {
    try withFile { path in
      let logger = Logger(to: try LogFile(path: path, clock: MovableClock(Self.now)))
      logger.warning("bad \u{1B}[31mnews\n", metadata: ["b": "2", "a": "1"])
      let text = try String(contentsOfFile: path, encoding: .utf8)
      #expect(text.hasPrefix("2026-11-21T14:03:22.000Z warning bad \u{FFFD}[31mnews"))
      #expect(text.hasSuffix("a=1 b=2\n"))
      #expect(text.unicodeScalars.count { $0.value < 0x20 } == 1)
    }
  }

  @Test("A file that is full is put aside, and two of them are kept")
  func rotation() throws {
    try withFile { path in
      let file = try LogFile(path: path, clock: MovableClock(Self.now), sizeLimit: 100)
      for number in 0..<10 {
        file.write("info", "line \(number) \(String(repeating: "x", count: 40))")
      }
      let names = try FileManager.default.contentsOfDirectory(
        atPath: (path as NSString).deletingLastPathComponent)
      #expect(names.sorted() == ["b.log", "b.log.1", "b.log.2"])
      #expect(try String(contentsOfFile: path, encoding: .utf8).contains("line 9"))
      #expect(try String(contentsOfFile: "\(path).1", encoding: .utf8).contains("line 8"))
    }
  }

  @Test("Only the owner can read a new log; a log that cannot be written is a usage error")
  func opening() throws {
    try withFile { path in
      _ = try LogFile(path: path, clock: MovableClock(Self.now))
      let mode = try FileManager.default.attributesOfItem(atPath: path)[.posixPermissions]
      #expect((mode as? NSNumber)?.intValue == 0o600)
    }
    #expect(throws: CommandFailure.self) {
      try LogFile(path: "/nowhere/at/all.log", clock: MovableClock(Self.now))
    }
  }

  private func withFile(_ body: (String) throws -> Void) throws {
    let directory = FileManager.default.temporaryDirectory.appending(path: UUID().uuidString)
    try FileManager.default.createDirectory(at: directory, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: directory) }
    try body(directory.appending(path: "b.log").path)
  }
}
