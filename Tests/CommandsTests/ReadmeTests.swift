import Dashboard
import Definitions
import DemoWorld
import Foundation
import Journal
import Operations
import Reliability
import Resources
import Screen
import Testing

@testable import Commands

/// The picture in the README is what the program draws.
@Suite struct ReadmeTests {
  @Test("The README's picture is the demo ten minutes after its start")
  func picture() async throws {
    let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
      .deletingLastPathComponent().deletingLastPathComponent()
    let readme = try String(contentsOf: root.appending(path: "README.md"), encoding: .utf8)
    let blocks = readme.split(separator: "```\n", omittingEmptySubsequences: false)
    let picture = try #require(blocks.count > 2 ? blocks[1] : nil)
    let drawn = try await draw().map { row in
      String(row.reversed().drop { $0 == " " }.reversed())
    }
    #expect(picture.split(separator: "\n").map(String.init) == drawn)
  }

  private func draw() async throws -> [String] {
    let surroundings = Surroundings(
      environment: [:], hostName: "host", operatorID: 0)
    let root = "\(EmbeddedFiles.root)/config.yaml"
    let shop = try #require(
      surroundings.loader(files: EmbeddedFiles(Resources.sampleData), themes: [])
        .load(configurationAt: root).configuration)
    let clock = MovableClock(try #require(Timestamp(rfc3339: "2026-11-21T14:00:00Z")))
    let start = clock.now
    let journal = MemoryJournal()
    let session = Session(
      shop, clock: clock,
      sources: { DemoWorld(name: $0.name, slos: $1, seed: 1, start: start) },
      alertParts: .demo(
        shop, start: start, clock: clock, journal: journal, isReadOnly: false,
        surroundings: surroundings),
      publish: { _ in })
    let dashboard = Dashboard(
      settings: Dashboard.Settings(
        shop, named: root, title: "demo shop", themes: ["dark", "light"], canShowUnicode: true,
        isReadOnly: false, surroundings: surroundings),
      snapshot: session.engine.firstSnapshot, size: Size(columns: 112, rows: 24),
      themeName: "dark", glyphs: .unicode, now: start)
    let parts = RunbookParts.demo(
      shop, store: journal, repairs: DemoRepairs(), clock: clock, isReadOnly: false,
      surroundings: surroundings)
    let runner = parts.runner(shop, metrics: session.engine, clock: clock, tell: { _ in })
    var run = HeadlessRun(
      dashboard: dashboard, session: session, runner: runner, clock: clock, isDemo: true)
    return await run.play(try KeyScript(parsing: "wait 10m")).output
  }
}
