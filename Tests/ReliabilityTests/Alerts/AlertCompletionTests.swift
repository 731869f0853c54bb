import Reliability
import Testing

@Suite("Completion of filters")
struct AlertCompletionTests {
  private static let alerts: [Alert] = [
    MatchingSamples.alert(["alertname": "DiskFull", "team": "pay", "größe": "XL"]),
    MatchingSamples.alert(["alertname": "DiskFull", "team": "search core"]) {
      $0.acknowledgement = Acknowledgement(
        by: "Ines Duarte", at: .epoch, until: nil, comment: "", delivery: .confirmed)
      $0.sources = ["prom-eu"]
      $0.slo = "checkout/latency"
    },
    MatchingSamples.alert(["alertname": "Disk \"(odd)\"\n", "team": "pay"]),
  ]

  private func candidates(_ text: String, _ cursor: Int? = nil) -> AlertCompletion {
    AlertCompletion.candidates(
      for: text, cursor: cursor ?? text.unicodeScalars.count, in: Self.alerts)
  }

  @Test("At the start and after a blank there are names, then keywords")
  func names() {
    let expected = [
      "alertname=", "team=", "größe=", "service=", "severity=", "state:", "sev:", "is:", "by:",
      "source:", "slo:", "age>", "age<",
    ].map { $0 == "größe=" ? "\"größe\"=" : $0 }
    #expect(Set(candidates("").candidates) == Set(expected))
    #expect(candidates("").candidates.prefix(2) == ["alertname=", "team="])
    #expect(candidates("team=pay ").replaced == 9..<9)
    #expect(candidates("team=pay ").candidates == candidates("").candidates)
    #expect(candidates("!").candidates.contains("acked"))
  }

  @Test(
    "The beginning of a name finds names and keywords, a whole name its operators",
    arguments: [
      ("al", 0..<2, ["alertname="]), ("x SE", 2..<4, ["service=", "severity=", "sev:"]),
      ("!te", 1..<3, ["team="]), ("team", 0..<4, ["team=", "team!=", "team=~", "team!~"]),
      ("\"gr", 0..<3, ["\"größe\"="]), ("ag", 0..<2, ["age>", "age<"]), ("!ack", 1..<4, ["acked"]),
      ("zzz", 0..<3, []), ("(x", 2..<2, []),
    ])
  func beginnings(text: String, replaced: Range<Int>, expected: [String]) {
    #expect(candidates(text).candidates == expected)
    #expect(candidates(text).replaced == replaced)
  }

  @Test(
    "Behind an operator there are values, the most frequent first, quoted and escaped where needed",
    arguments: [
      ("team=", 5..<5, ["pay", "\"search core\""]),
      ("team!=s", 6..<7, ["\"search core\""]), ("team=CORE", 5..<9, ["\"search core\""]),
      ("team=\"sea", 5..<9, ["\"search core\""]), ("team=\"sea\"", 5..<10, ["\"search core\""]),
      ("alertname=disk", 10..<14, ["DiskFull", #""Disk \"(odd)\"\n""#]),
      ("alertname=~\"disk \\\"", 11..<19, [#""Disk \"\\(odd\\)\"\n""#]),
      ("\"größe\"=", 8..<8, ["XL"]), ("severity=", 9..<9, ["ticket"]), ("nothing=", 8..<8, []),
      ("state:", 6..<6, ["firing", "pending", "acked", "silenced", "inhibited", "resolved"]),
      (
        "state:firing,", 13..<13,
        ["firing", "pending", "acked", "silenced", "inhibited", "resolved"]
      ),
      ("state:firing,p", 13..<14, ["pending"]), ("sev:", 4..<4, ["page", "ticket", "info"]),
      ("by:", 3..<3, ["\"Ines Duarte\""]), ("source:p", 7..<8, ["prom-eu"]),
      ("slo:lat", 4..<7, ["checkout/latency"]), ("-sev:p", 5..<6, ["page"]),
    ])
  func values(text: String, replaced: Range<Int>, expected: [String]) {
    let found = candidates(text)
    #expect(found.replaced == replaced, "\(text)")
    if text.hasPrefix("alertname=disk") || text.hasPrefix("slo") {
      #expect(Set(found.candidates).isSuperset(of: expected))
    } else if expected.count == 6 || expected.isEmpty || text.hasPrefix("sev") {
      #expect(found.candidates == expected)
    } else {
      #expect(Array(found.candidates.prefix(expected.count)) == expected)
    }
  }

  @Test("The cursor may stand within a term, whose rest is replaced too")
  func cursorWithin() {
    #expect(candidates("teXX=pay", 2).replaced == 0..<4)
    #expect(candidates("teXX=pay", 2).candidates == ["team"])
    let found = candidates("team=pXX x", 6)
    #expect(found.candidates == ["pay"])
    #expect(found.applying("pay", to: "team=pXX x").text == "team=pay x")
    #expect(found.applying("pay", to: "team=pXX x").cursor == 8)
    #expect(candidates("team!=pay", 5).candidates == [])
    #expect(candidates("team=pay", -3).replaced == 0..<4)
    #expect(candidates("team=pay", 99).replaced == 5..<8)
  }

  @Test("What is proposed makes a filter that finds an alert with it")
  func roundTrip() throws {
    for start in ["alertname=", "alertname=~", "team=", "\"größe\"=", "by:", "source:", "slo:"] {
      let completion = candidates(start)
      #expect(!completion.candidates.isEmpty)
      for candidate in completion.candidates {
        let filter = try AlertFilter(parsing: completion.applying(candidate, to: start).text)
        #expect(Self.alerts.contains { filter.matches($0, at: .epoch) }, "\(filter.text)")
      }
    }
  }

  @Test("There are at most twenty candidates, of ten thousand alerts as well")
  func limit() {
    let fleet = MatchingSamples.fleet(10_000)
    let found = AlertCompletion.candidates(for: "instance=", cursor: 9, in: fleet)
    #expect(found.candidates.count == AlertCompletion.limit)
    let teams = AlertCompletion.candidates(for: "team=", cursor: 5, in: fleet)
    #expect(teams.candidates.count == 11)
    #expect(teams.candidates.first == "team-0")
  }

  @Test("Whatever is typed, the replaced scalars lie in the text around the cursor")
  func garbage() {
    var random = SteadyRandom(seed: 12)
    for _ in 0..<3_000 {
      let text = random.text(of: "team:sv \"'\\=!~-,é", upTo: 12)
      let cursor = random.below(text.unicodeScalars.count + 1)
      let found = candidates(text, cursor)
      #expect(found.replaced.lowerBound <= cursor && cursor <= found.replaced.upperBound, "\(text)")
      #expect(found.replaced.upperBound <= text.unicodeScalars.count, "\(text)")
    }
  }
}
