import Definitions
import Reliability
import Testing

@Suite("Traps of YAML")
struct YAMLTrapTests {
  private func slos(_ text: String) -> (slos: [SLO], diagnostics: [Diagnostic]) {
    let loaded = Loader.load([
      "config.yaml": """
      apiVersion: burnwatch/v1
      kind: Config
      sources: [{name: prom, type: prometheus, url: "http://127.0.0.1:9090"}]
      """ + text
    ])
    return (loaded.configuration?.slos ?? [], loaded.diagnostics)
  }

  @Test("Anchors, aliases and merge keys work, the nearer key wins")
  func mergeKeys() {
    let (slos, diagnostics) = slos(
      """

      x-usual: &usual
        objective: 99.9
        window: 30d
        sli: &sli {availability: {}}
      x-pages: &pages {alerting: {ticket: false}, window: 7d}
      slos:
        - {service: a, name: n, <<: *usual}
        - {<<: [*usual, *pages], service: b, name: n, objective: 95}
        - {service: c, name: n, objective: 99, window: 1d, sli: *sli}
      """)
    #expect(diagnostics == [])
    #expect(slos.map(\.service) == ["a", "b", "c"])
    #expect(slos.map(\.objective.target.description) == ["0.999", "0.95", "0.99"])
    #expect(slos.map(\.window.name) == ["30d", "30d", "1d"])
    #expect(slos.map(\.alerting.tickets) == [true, false, true])
  }

  @Test(
    "A name is the text that is written, whatever YAML thinks of it",
    arguments: ["yes", "NO", "1e3", "010", "0x1F", "1.10", "12:30:00", "2026-01-02", "3"])
  func namesStayTexts(name: String) {
    let (slos, diagnostics) = slos(
      "\nslos: [{service: \(name), name: n, objective: 99, window: 30d, sli: {availability: {}}}]")
    #expect(diagnostics == [])
    #expect(slos.first?.service == name)
  }

  @Test(
    "Booleans come in the spellings of YAML, quoted or not",
    arguments: [
      ("true", true), ("Yes", true), ("on", true), ("\"true\"", true), ("FALSE", false),
      ("no", false), ("off", false),
    ])
  func booleans(text: String, value: Bool) {
    let (slos, _) = slos(
      """

      slos: [{service: s, name: n, objective: 99, window: 30d, sli: {availability: {}},
        alerting: {page: \(text)}}]
      """)
    #expect(slos.first?.alerting.pages == value)
  }

  @Test("A key without a value counts as absent")
  func nullIsAbsent() {
    let (slos, diagnostics) = slos(
      """

      theme:
      journal: ~
      ui: null
      slos: [{service: s, name: n, objective: 99, window: 30d, sli: {availability: {}}, id: }]
      """)
    #expect(diagnostics == [])
    #expect(slos.map(\.id) == ["s/n"])
  }

  @Test("A byte order mark and Windows line ends change nothing, positions included")
  func byteOrderMarkAndLineEnds() {
    let text = "\u{FEFF}apiVersion: burnwatch/v1\r\nkind: Config\r\ntheme: \"\"\r\n"
    let found = Loader.load(["config.yaml": text]).diagnostics
    #expect(found.map(\.place) == [Place(file: "config.yaml", line: 3, column: 8, path: "theme")])
    let first = Loader.load(["config.yaml": "\u{FEFF}theme: x"]).diagnostics.first
    #expect(first?.place.column == 1)
  }

  @Test("A control character is found on its line, after Windows line ends too")
  func controlCharacterPosition() {
    let text = "apiVersion: burnwatch/v1\r\n# \u{00E9}t\u{00E9}\r\nkind: \u{0}"
    let place = Loader.load(["config.yaml": text]).diagnostics.first?.place
    #expect(place == Place(file: "config.yaml", line: 3, column: 7))
  }

  @Test("Columns are counted in characters, not in bytes")
  func columns() {
    let text =
      "apiVersion: burnwatch/v1\nkind: Config\nidentity: {name: \"J\u{00F6}rg\", emial: x}\n"
    let place = Loader.load(["config.yaml": text]).diagnostics.first?.place
    #expect(place?.line == 3)
    #expect(place?.column == 26)
  }

  @Test("A document may stand under one wrapping key")
  func wrappedDocument() {
    let (slos, diagnostics) = slos(
      """

      ---
      slo_document:
        apiVersion: burnwatch/v1
        kind: SLO
        service: s
        name: n
        objective: 99
        window: 30d
        sli: {availability: {exlude: 'code="404"'}}
      """)
    #expect(slos.map(\.id) == ["s/n"])
    #expect(diagnostics.map(\.place.path) == ["slo_document.sli.availability.exlude"])
  }

  @Test("Documents before a broken one count")
  func goodDocumentsBeforeBadOne() {
    let (slos, diagnostics) = slos(
      "\nslos: [{service: s, name: n, objective: 99, window: 30d, sli: {availability: {}}}]\n---\na: ["
    )
    #expect(slos.count == 1)
    #expect(diagnostics.count == 1)
  }

  @Test("Empty documents between others are no fault")
  func emptyDocuments() {
    #expect(slos("\n---\n---\n# only a comment\n---\n").diagnostics == [])
  }

  @Test(
    "An alias in a key is refused in every form, before anything follows it",
    arguments: [
      "? *i\n: x", "? [*i]\n: x", "? {k: *i}\n: x", "?\n  - *i\n: x", "*i : x", "{*i : x}",
      "[*i: x]",
      "[*i:x]", "{*i:x}", "{[*i]: x}", "k: {? *i}", "? {*i: x}\n: x",
      "\"*i\": x\n? *i\n: [", "k: [{a: {? *i : x}}]",
    ])
  func aliasInKey(text: String) {
    var anchors = "x-a: &a [ha, ha]\n"
    for (outer, inner) in zip("bcdefghi", "abcdefgh") {
      let aliases = Array(repeating: "*\(inner)", count: 20).joined(separator: ", ")
      anchors += "x-\(outer): &\(outer) [\(aliases)]\n"
    }
    let isKey = text.hasPrefix("[") || text.hasPrefix("{")
    let found = Loader.load(["config.yaml": anchors + (isKey ? "k: \(text)" : text)]).diagnostics
    let problems = found.map(\.problem)
    #expect(problems.contains(.yaml(.aliasInKey)) || problems.contains(.syntax(.unclosedBracket)))
  }

  @Test("Stars in texts, comments and values are no aliases in keys")
  func starsElsewhere() {
    let (slos, diagnostics) = slos(
      """

      x-usual: &usual {objective: 99, window: 30d} # *usual : x
      x-"*odd": '*usual : x'
      x-text: |
        ? *usual
        *usual : x
      slos:
        - {service: a*b, name: "*n", <<: *usual, sli: {errorRatio: 'a[{{window}}] * b'}}
        - <<: *usual
          service: c
          name: n
          sli: {errorRatio: "a[{{window}}] *b: c"}
      """)
    #expect(diagnostics == [])
    #expect(slos.map(\.id) == ["a*b/*n", "c/n"])
  }
}
