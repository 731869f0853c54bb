import Definitions
import Foundation
import Testing

@Suite("Diagnostics, word for word")
struct DiagnosticFixtureTests {
  private static let isRecording = ProcessInfo.processInfo.environment["RECORD_FIXTURES"] == "1"

  @Test("The diagnostics are exactly those of the fixture", arguments: Fixture.all)
  func diagnosticsMatch(fixture: Fixture) throws {
    let output = fixture.run().map { "\($0)\n" }.joined()
    if DiagnosticFixtureTests.isRecording {
      try fixture.record(output)
      Issue.record("recorded; run again without RECORD_FIXTURES")
    } else {
      #expect(output == fixture.expected)
    }
  }

  @Test("Every diagnostic stands on one line, with at most one line of hint")
  func oneLineShape() {
    for diagnostic in Fixture.all.flatMap({ $0.run() }) {
      let lines = "\(diagnostic)".split(
        omittingEmptySubsequences: false, whereSeparator: \.isNewline)
      #expect(lines.count == (diagnostic.hint == nil ? 1 : 2))
      #expect(diagnostic.message.hasSuffix(".") || diagnostic.message.hasSuffix(".\""))
    }
  }

  @Test("Every problem that can be reported appears in a fixture")
  func everyProblemHasAFixture() throws {
    let seen = Set(Fixture.all.flatMap { $0.run() }.map { ProblemNames.name(of: $0.problem) })
    let declared = try ProblemNames.declared()
    #expect(declared.count > 60)
    #expect(declared.subtracting(seen).sorted() == [])
  }
}

/// Names such as `FileProblem.notFound`, of values and of the cases in the source code.
private enum ProblemNames {
  static func name(of problem: Problem) -> String {
    guard let topic = Mirror(reflecting: problem).children.first?.value else { return "" }
    let label = Mirror(reflecting: topic).children.first?.label ?? "\(topic)"
    return "\(type(of: topic)).\(label)"
  }

  static func declared() throws -> Set<String> {
    let package = URL(filePath: #filePath).deletingLastPathComponent()
      .deletingLastPathComponent().deletingLastPathComponent()
    let directory = package.appending(path: "Sources/Definitions/Diagnostics")
    var names: Set<String> = []
    for file in try FileManager.default.contentsOfDirectory(atPath: directory.path)
    where file.hasSuffix("Problem.swift") && file != "Problem.swift" {
      let text = try String(contentsOf: directory.appending(path: file), encoding: .utf8)
      var type = ""
      for line in text.split(separator: "\n") {
        if let match = line.firstMatch(of: /^package enum (\w+)/) { type = String(match.1) }
        if type.hasSuffix("Problem"), let match = line.firstMatch(of: /^  case (\w+)/) {
          names.insert("\(type).\(match.1)")
        }
      }
    }
    return names
  }
}
