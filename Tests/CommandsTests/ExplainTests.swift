import Definitions
import Foundation
import Operations
import Reliability
import TestSupport
import Testing

@testable import Commands

/// `burnwatch slo explain` without a network: which SLO it takes, and that both formats say the same.
@Suite struct ExplainTests {
  private func explanation() throws -> Explanation {
    let slo = try SLO.sample()
    let now = try Timestamp.sample("2026-11-21T12:00:00Z")
    var known = KnownReadings()
    for question in slo.burnWindows.map(Demand.Question.burn) + [.objective(.days(30))] {
      known.record(
        .success(.sample(7_800, of: 12_000_000, at: now - .seconds(3))), for: question, of: slo.sli)
    }
    return Explanation(
      Evaluator(slo: slo, refresh: .seconds(15)).state(of: known, at: now), at: now)
  }

  /// The members of the JSON that a consumer reads.
  private struct Document: Decodable {
    struct Section: Decodable {
      let title: String
      let steps: [Step]
    }

    struct Step: Decodable {
      let name: String
      let formula: String?
      let figures: String?
      let note: String?
    }

    let schema: Int
    let id: String
    let at: String
    let sections: [Section]
  }

  @Test("The JSON holds the sections and steps of the text")
  func formatsAgree() throws {
    let explanation = try explanation()
    let document = try JSONDecoder().decode(
      Document.self, from: Data(explanation.json.text.utf8))
    #expect(document.schema == 1)
    #expect(document.id == "checkout/availability")
    #expect(document.at == "2026-11-21T12:00:00.000Z")
    #expect(document.sections.map(\.title) == explanation.sections.map(\.title))
    let text = explanation.text.map { $0.trimmingCharacters(in: .whitespaces) }
      .joined(separator: " ")
    for step in document.sections.flatMap(\.steps) {
      #expect(text.contains(step.name))
      for part in [step.formula, step.figures, step.note].compactMap(\.self) {
        #expect(text.contains(part), "\(step.name)")
      }
    }
    #expect(text.contains("remaining = 1 - consumed = 1 - 0.65 = 0.35"))
  }

  @Test("The text names the SLO and the time, and keeps to 80 columns")
  func text() throws {
    let lines = try explanation().text
    #expect(lines.first == "checkout/availability at 2026-11-21T12:00:00.000Z")
    #expect(lines.allSatisfy { $0.count <= 80 })
  }

  private func configuration() throws -> Configuration {
    Configuration(
      identity: Identity(name: "ines"), sources: [],
      slos: [
        try .sample(), try .sample(name: "latency"), try .sample(service: "search"),
        try .sample(service: "warehouse", name: "parcel-label-correctness"),
      ])
  }

  @Test("Only the SLO that is asked about is left")
  func restriction() throws {
    let restricted = try configuration().restricted(to: "search/availability")
    #expect(restricted.slos.map(\.id) == ["search/availability"])
  }

  @Test("An unknown id is answered with the nearest three")
  func unknownID() throws {
    let configuration = try configuration()
    let expected = CommandFailure(
      "There is no SLO \"checkout/latenci\". The nearest are \"checkout/latency\", "
        + "\"checkout/availability\", \"search/availability\". burnwatch status lists all.", .usage)
    #expect(throws: expected) { try configuration.restricted(to: "checkout/latenci") }
  }

  @Test("Mistakes in the arguments are 64, a missing configuration is 78")
  func exitCodes() {
    #expect(CommandLineProgram.run(["slo", "explain"]) == 64)
    #expect(CommandLineProgram.run(["slo", "explain", "a/b", "--at", "noon"]) == 64)
    #expect(CommandLineProgram.run(["slo", "explain", "a/b", "--wait", "-1"]) == 64)
    #expect(CommandLineProgram.run(["slo", "explain", "a/b", "--config", "/nowhere/c.yaml"]) == 78)
  }

  @Test("A source that does not answer is 2, and an id that nobody defined is 64")
  func unreachable() throws {
    let file = FileManager.default.temporaryDirectory.appending(path: "\(UUID().uuidString).yaml")
    defer { try? FileManager.default.removeItem(at: file) }
    let text = """
      apiVersion: burnwatch/v1
      kind: Config
      sources:
        - {name: shop, type: prometheus, url: "http://127.0.0.1:1"}
      ---
      apiVersion: burnwatch/v1
      kind: SLO
      service: checkout
      name: availability
      objective: 99.9
      window: 30d
      sli:
        events:
          bad: sum(increase(errors_total[{{window}}]))
          total: sum(increase(requests_total[{{window}}]))
      """
    try text.write(to: file, atomically: true, encoding: .utf8)
    let explain = { (id: String) in
      CommandLineProgram.run(["slo", "explain", id, "--wait", "1", "--config", file.path])
    }
    #expect(explain("checkout/availability") == 2)
    #expect(explain("checkout/availabilities") == 64)
  }
}
