import Foundation
import Screen
import TestSupport
import Testing

// Debian has callgrind; what it counts is on record for this compiler.
#if os(Linux) && compiler(>=6.3) && compiler(<6.4)

extension EndToEnd {
  /// What drawing costs in instructions, counted by callgrind: a number that a busy machine does not
  /// change.
  ///
  /// Where the stack lies does, by 0.12 % (24 environments of 0 to 368 bytes).
  struct DrawCostTests {
    private static let frames = 4

    @Test("Counting twice gives the same, and ten times as many SLOs cost no frame more")
    func independent() async throws {
      let few = try await Self.instructions(slos: 100)
      let again = try await Self.instructions(slos: 100)
      let many = try await Self.instructions(slos: 1000)
      Machine.report(
        "instructions of a frame: \(few), again \(again), of ten times as many \(many)")
      #expect(abs(few - again) < few * 0.005)
      #expect(many < few * 1.02)
    }

    @Test("No frame costs more than what is on record", arguments: [(120, 40), (200, 60)])
    func onRecord(columns: Int, rows: Int) async throws {
      let size = Size(columns: columns, rows: rows)
      let name = "\(columns)x\(rows)"
      let count = try await Self.instructions(slos: 100, size: size)
      guard let recorded = try Record().counts[name] else {
        Issue.record("\(Record.path) has no line for \(name); it would be \(name) \(Int(count))")
        return
      }
      Machine.report("instructions of a frame at \(name): \(count), on record \(recorded)")
      // Another version of ncurses or of the C library moves it a little.
      #expect(
        count < recorded * 1.05, "a frame costs more; if that has to be, record \(Int(count))")
      #expect(count > recorded * 0.8, "a frame costs much less; record \(Int(count))")
    }

    /// The mean of the instructions of a frame.
    private static func instructions(
      slos: Int, size: Size = Size(columns: 120, rows: 40)
    ) async throws -> Double {
      let place = try Workplace()
      // Debian's valgrind does not understand the debug information of newer compilers.
      try await ServerProcess.run(
        "strip", ["--strip-debug", "-o", "draw-cost", BuiltProduct.path(of: "draw-cost")],
        in: place.path)
      let terminal = try PseudoTerminal(size: size)
      try terminal.start(
        "/usr/bin/valgrind",
        arguments: [
          "--quiet", "--tool=callgrind", "--callgrind-out-file=\(place.file("out"))",
          "--collect-atstart=no", "--toggle-collect=*renderFrames*",
          place.file("draw-cost"), "\(slos)", "\(frames)",
        ],
        // Swift's hashes, and with them the order of work, would differ from run to run.
        environment: BurnwatchRun.environment(["SWIFT_DETERMINISTIC_HASHING": "1"]))
      #expect(terminal.waitForExit(atMost: .seconds(240)) == .exited(0), "\(terminal.screen.text)")
      let out = try String(contentsOfFile: place.file("out"), encoding: .utf8)
      let totals = out.split(separator: "\n").first { $0.hasPrefix("totals:") }
      let total = try #require(totals?.split(separator: " ").last.flatMap { Double($0) })
      return total / Double(frames)
    }
  }
}

/// What frames cost when somebody last looked: `COLUMNSxROWS INSTRUCTIONS` a line, debug build.
private struct Record {
  static let path = "Tests/EndToEndTests/DrawCost/instructions.txt"

  let counts: [String: Double]

  init() throws {
    let file = URL(filePath: #filePath).deletingLastPathComponent()
      .appending(path: "instructions.txt")
    let lines = try String(contentsOf: file, encoding: .utf8).split(separator: "\n")
    counts = Dictionary(
      lines.filter { !$0.hasPrefix("#") }.compactMap { line in
        let words = line.split(separator: " ")
        return words.count == 2 ? Double(words[1]).map { (String(words[0]), $0) } : nil
      }, uniquingKeysWith: { $1 })
  }
}

#endif
