import Definitions
import Reliability
import Testing

@Suite("Includes and directories")
struct IncludeTests {
  private static let source =
    "sources: [{name: prom, type: prometheus, url: \"http://127.0.0.1:9090\"}]"

  private func config(_ lines: String) -> String {
    "apiVersion: burnwatch/v1\nkind: Config\n\(lines)\n"
  }

  private func slo(_ service: String) -> String {
    """
    apiVersion: burnwatch/v1
    kind: SLO
    service: \(service)
    name: availability
    objective: 99.9
    window: 30d
    sli: {availability: {}}

    """
  }

  @Test("Patterns are sorted, each file counts once, nested configurations bring their own")
  func nestedIncludes() {
    let loaded = Loader.load([
      "config.yaml": config("\(IncludeTests.source)\ninclude: [slos/*.yaml, slos/b.yaml, teams]"),
      "slos/b.yaml": slo("b"),
      "slos/a.yaml": slo("a1") + "---\n" + slo("a2"),
      "slos/.hidden.yaml": slo("hidden"),
      "slos/notes.txt": "nothing",
      "teams/pay/team.yml": config("include: ['../[x-z]?.yaml']"),
      "teams/z1.yaml": slo("z1"),
      "teams/a1.yaml": slo("team-a1"),
      "teams/README.md": "nothing",
    ])
    #expect(loaded.diagnostics == [])
    #expect(loaded.configuration?.slos.map(\.service) == ["a1", "a2", "b", "team-a1", "z1"])
    #expect(
      loaded.files == [
        "config.yaml", "slos/a.yaml", "slos/b.yaml", "teams/a1.yaml", "teams/pay/team.yml",
        "teams/z1.yaml",
      ])
  }

  @Test("Sources of an included file serve all SLOs, its paths are relative to itself")
  func includedSources() throws {
    let loaded = Loader.load([
      "config.yaml": config("include: [shared/sources.yaml]\nslos: []") + "---\n" + slo("a"),
      "shared/sources.yaml": config(
        """
        sources:
          - {name: prom, type: prometheus, url: "http://a", auth: {bearer: {file: ../token}},
             tls: {caFile: ca.pem}}
        """),
    ])
    #expect(loaded.diagnostics == [])
    #expect(loaded.configuration?.slos.map(\.source) == ["prom"])
    let source = try #require(loaded.configuration?.sources.first)
    #expect(source.auth == .bearer(.file("token")))
    #expect(source.tls.caFile == "shared/ca.pem")
  }

  @Test("One bad file never stops the others")
  func badFile() {
    let loaded = Loader.load([
      "config.yaml": config("\(IncludeTests.source)\ninclude: ['*.slo', missing.slo]"),
      "a.slo": slo("a"),
      "b.slo": "kind: [",
      "c.slo": slo("c"),
      "d.slo": "apiVersion: openslo/v1\nkind: SLO\n",
    ])
    #expect(loaded.configuration?.slos.map(\.service) == ["a", "c"])
    #expect(loaded.diagnostics.map(\.place.file) == ["config.yaml", "b.slo", "d.slo"])
  }

  @Test("The theme of an included file does not count")
  func scalarsOfIncludedFiles() {
    let loaded = Loader.load([
      "config.yaml": config("include: [team.yaml]"),
      "team.yaml": config("theme: light\nconventions: {counter: other}"),
    ])
    #expect(loaded.configuration?.theme == nil)
    #expect(loaded.configuration?.conventions == Conventions())
    #expect(loaded.diagnostics.map(\.severity) == [.warning, .warning])
  }

  @Test("A file that is checked by itself may use sources and ids of other files")
  func checkAlone() {
    let files = MemoryFileSystem(texts: [
      "slos/a.yaml": slo("a"), "slos/b.yaml": slo("a"),
      "config.yaml": config("include: [slos]\nslos: []"),
    ])
    #expect(Loader(files).check(paths: ["slos", "config.yaml"]) == [])
    #expect(Loader(files).load(configurationAt: "config.yaml").diagnostics.count == 2)
  }

  @Test("Checking a directory finds definitions at every depth, in order")
  func checkDirectory() {
    let files = MemoryFileSystem(texts: [
      "d/z.yaml": "a: [", "d/b/x.yml": "a: [", "d/b/ignored.json": "[", "d/a.yaml": "a: [",
    ])
    let found = Loader(files).check(paths: ["d"]).map(\.place.file)
    #expect(found == ["d/a.yaml", "d/b/x.yml", "d/z.yaml"])
  }
}
