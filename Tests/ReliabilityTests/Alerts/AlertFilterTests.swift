import Reliability
import Testing

@Suite("Filters of alerts")
struct AlertFilterTests {
  /// An alert with something for every kind of term.
  private static let sample = MatchingSamples.alert(
    [
      "alertname": "DiskFull", "severity": "critical", "instance": "db-1:9100", "path": "C:\\tmp",
      "note": "say \"hi\"\nnow", "größe": "XL", "job:kind": "node", "region": "eu,west",
    ],
    severity: .page, flags: [.firing, .silenced, .acknowledged], age: .seconds(600)
  ) {
    $0.annotations = LabelSet(["summary": "Ärger: 95 % full in O'Brien's rack"])
    $0.service = "checkout"
    $0.team = "pay"
    $0.slo = "checkout/availability"
    $0.sources = ["am-eu", "prom-eu"]
    $0.acknowledgement = Acknowledgement(
      by: "Ines Duarte", at: MatchingSamples.now, until: nil, comment: "", delivery: .confirmed)
  }

  @Test(
    "Matchers hold on labels",
    arguments: [
      ("alertname=DiskFull", true), ("alertname=disk", false), ("alertname!=Other", true),
      ("alertname=~Disk.*", true), ("alertname=~Disk", false), ("alertname!~D.*", false),
      (#"alertname="DiskFull""#, true), ("alertname='DiskFull'", true),
      ("instance=db-1:9100", true),
      (#"path=C:\tmp"#, true), (#"path="C:\\tmp""#, true), (#"path=~C:\\.*"#, true),
      (#"note="say \"hi\"\nnow""#, true), (#"note='say \'hi\''"#, false),
      (#"note=~"say \"hi\".now""#, false), (#"note=~"(?s)say .hi..now""#, true),
      (#""größe"=XL"#, true), (#""größe"=~"X.""#, true), ("job:kind=node", true),
      (#"absent="""#, true), (#"absent!="""#, false), ("absent!=x", true), ("region=eu,west", true),
      ("alertname=DiskFull, severity=critical", true),
      (#"alertname="DiskFull",severity="x""#, false),
      ("alertname=DiskFull,", true), ("!alertname=DiskFull", false), ("-alertname=Other", true),
      (#"!"größe"=XL"#, false), ("alertname=DiskFull alertname=Other", false),
      (#"severity=critical team=~"pa.*" !acked"#, false),
      (#"severity=critical team=~"pa.*" !pending"#, true),
    ])
  func matchers(text: String, isMatch: Bool) throws {
    #expect(try AlertFilter(parsing: text).matches(Self.sample, at: MatchingSamples.now) == isMatch)
  }

  @Test(
    "Service, team and severity are those of the configuration where the label lacks",
    arguments: [
      ("service=checkout", true), ("team=~p.y", true), ("team!=pay", false),
      ("severity=critical", true), ("severity=page", false), ("sev:page", true), ("sev:t,p", true),
      ("sev:info", false), ("!sev:page", false),
    ])
  func standIns(text: String, isMatch: Bool) throws {
    #expect(try AlertFilter(parsing: text).matches(Self.sample, at: MatchingSamples.now) == isMatch)
    let plain = MatchingSamples.alert(severity: .page)
    #expect(try AlertFilter(parsing: "severity=page").matches(plain, at: MatchingSamples.now))
  }

  @Test(
    "States are all that hold, by word, list or beginning",
    arguments: [
      ("state:firing", true), ("state:silenced", true), ("state:pending", false),
      ("state:pending,silenced", true), ("state:f", true), ("state:ack", true),
      ("state:acked", true),
      ("is:acked", true), ("is:inhibited", false), ("!acked", false), ("-acked", false),
      ("!pending", true), ("!is:pending", true), ("-state:s", false),
      ("state:firing,,pending,", true),
    ])
  func states(text: String, isMatch: Bool) throws {
    #expect(try AlertFilter(parsing: text).matches(Self.sample, at: MatchingSamples.now) == isMatch)
  }

  @Test("Words of states are text unless they stand behind a sign")
  func stateWords() throws {
    let talking = MatchingSamples.alert(["alertname": "Pods pending"])
    let matches = { (text: String) throws in
      try AlertFilter(parsing: text).matches(talking, at: MatchingSamples.now)
    }
    #expect(try matches("pending"))
    #expect(try matches("!pending"))
    #expect(try !matches("!\"pending\""))
    #expect(try !matches("is:pending"))
  }

  @Test(
    "Ages are counted to now, with and without the limit itself",
    arguments: [
      ("age>10m", false), ("age>=10m", true), ("age<10m", false), ("age<=10m", true),
      ("age>9m59s", true), ("age<0.2h", true), ("age>2d", false), ("!age>2d", true),
    ])
  func ages(text: String, isMatch: Bool) throws {
    #expect(try AlertFilter(parsing: text).matches(Self.sample, at: MatchingSamples.now) == isMatch)
  }

  @Test(
    "Who, source and SLO are found by a part, whatever the case",
    arguments: [
      ("by:ines", true), ("by:\"ines d\"", true), ("by:tom", false), ("source:PROM", true),
      ("source:pager", false), ("slo:checkout/", true), ("slo:latency", false), ("!by:ines", false),
    ])
  func parts(text: String, isMatch: Bool) throws {
    #expect(try AlertFilter(parsing: text).matches(Self.sample, at: MatchingSamples.now) == isMatch)
    let plain = try AlertFilter(parsing: text).matches(MatchingSamples.alert(), at: .epoch)
    #expect(plain == text.hasPrefix("!"))
  }

  @Test(
    "Free text is found anywhere, word by word, whatever the case",
    arguments: [
      ("disk", true), ("DISK full", true), ("full disk", true), ("\"full disk\"", false),
      ("\"95 % full\"", true), ("'95 % full'", true), ("ärger", true), ("ÄRGER", true),
      ("O'Brien", true), ("db-1:9100", true), ("http://x", false), ("-disk", false),
      ("!disk", false),
      ("-other", true), ("--disk", true), ("checkout", true), ("ines", true), ("disk,", true),
      ("a>b", false), ("größe=xl", true), ("\"alertname=diskfull\"", true), ("foo!bar", false),
      ("unknown:word", false), ("\"say \\\"hi\\\"\"", true),
    ])
  func freeText(text: String, isMatch: Bool) throws {
    #expect(try AlertFilter(parsing: text).matches(Self.sample, at: MatchingSamples.now) == isMatch)
  }

  @Test("Without terms everything passes", arguments: ["", "  ", " , ,, ", "\u{A0}\n"])
  func empty(text: String) throws {
    let filter = try AlertFilter(parsing: text)
    #expect(filter.isEmpty && filter.text == text)
    #expect(filter.matches(Self.sample, at: .epoch))
    #expect(AlertFilter().isEmpty && AlertFilter().matches(Self.sample, at: .epoch))
  }

  @Test("Filters are equal when they were typed alike")
  func equality() throws {
    #expect(try AlertFilter(parsing: "a=b x") == AlertFilter(parsing: "a=b x"))
    #expect(try AlertFilter(parsing: "a=b x") != AlertFilter(parsing: "x a=b"))
    #expect(try AlertFilter(parsing: "") == AlertFilter())
  }

  @Test("Free text is found at every place, of every length")
  func everyPlace() throws {
    var random = SteadyRandom(seed: 3)
    for _ in 0..<600 {
      let text = random.text(of: "abc-é", upTo: 40)
      let needle = random.text(of: "abc-é", upTo: 5)
      guard let first = needle.first, first != "-", !text.isEmpty else { continue }
      let alert = MatchingSamples.alert(["x": text])
      let isFound = alert.searchText.contains(needle)
      let filter = try AlertFilter(parsing: needle)
      #expect(filter.matches(alert, at: .epoch) == isFound, "\(needle) in \(text)")
    }
  }

  @Test("Values of any kind are found by the matcher that quotes them")
  func hostileValues() throws {
    var random = SteadyRandom(seed: 4)
    for _ in 0..<300 {
      let value = random.text(of: "ab \"'\\\n=~!,:(){}é🚀", upTo: 8)
      let alert = MatchingSamples.alert(["x": value])
      let matcher = LabelMatcher("x", .equal, value).description
      #expect(try AlertFilter(parsing: matcher).matches(alert, at: .epoch), "\(value)")
      #expect(try !AlertFilter(parsing: "!" + matcher).matches(alert, at: .epoch), "\(value)")
    }
  }

  @Test("Ten thousand alerts are filtered in one go", .timeLimit(.minutes(1)))
  func manyAlerts() throws {
    let fleet = MatchingSamples.fleet(10_000)
    let count = { (text: String) throws in
      let filter = try AlertFilter(parsing: text)
      return fleet.count { filter.matches($0, at: MatchingSamples.now) }
    }
    #expect(try count("sev:page") == 3_334)
    #expect(try count("!silenced") == 8_000)
    #expect(try count("team=~team-(1|2)") == 1_818)
    #expect(try count("node-9999") == 1)
    #expect(try count("nowhere") == 0)
    #expect(try count("age<10s disk") == 10)
  }
}
