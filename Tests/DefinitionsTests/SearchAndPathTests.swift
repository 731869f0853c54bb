import Testing

@testable import Definitions

@Suite("Where files are looked for")
struct SearchAndPathTests {
  @Test("The option wins, then the variable, then the own file, then the machine's")
  func searchOrder() throws {
    let environment = ["BURNWATCH_CONFIG": "env.yaml", "XDG_CONFIG_HOME": "/x", "HOME": "/h"]
    func find(_ option: String?, _ environment: [String: String], _ existing: Set<String>) throws
      -> String
    {
      try ConfigurationSearch.path(option: option, environment: environment) {
        existing.contains($0)
      }
    }
    let own: Set = ["/x/burnwatch/config.yaml", "/etc/burnwatch/config.yaml"]
    #expect(try find("o.yaml", environment, own) == "o.yaml")
    #expect(try find(nil, environment, own) == "env.yaml")
    #expect(try find(nil, ["XDG_CONFIG_HOME": "/x"], own) == "/x/burnwatch/config.yaml")
    #expect(
      try find(nil, ["HOME": "/h"], ["/h/.config/burnwatch/config.yaml"])
        == "/h/.config/burnwatch/config.yaml")
    #expect(
      try find(nil, ["HOME": "/h", "BURNWATCH_CONFIG": ""], ["/etc/burnwatch/config.yaml"])
        == "/etc/burnwatch/config.yaml")
  }

  @Test("When there is none, the sentence names the places and the demo")
  func nothingFound() {
    let error = #expect(throws: ConfigurationNotFound.self) {
      try ConfigurationSearch.path(option: nil, environment: ["HOME": "/h"]) { _ in false }
    }
    #expect(
      error?.description
        == "There is no configuration file at /h/.config/burnwatch/config.yaml or "
        + "/etc/burnwatch/config.yaml. Write one, name one with --config FILE or "
        + "BURNWATCH_CONFIG, or run \"burnwatch demo\" to look around.")
  }

  @Test(
    "Patterns match names as a shell does",
    arguments: [
      ("a.yaml", "*.yaml", true), ("a.yml", "*.yaml", false), ("abc", "a?c", true),
      ("ac", "a?c", false), ("abc", "a[a-c]c", true), ("adc", "a[a-c]c", false),
      ("adc", "a[!a-c]c", true), ("abbbc", "a*b*c", true), ("", "*", true), ("x", "", false),
      ("a[b", "a[b", true), ("mississippi", "m*iss*p?", true), ("a-b", "a[-x]b", true),
      ("aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaab", "*a*a*a*a*a*a*a*a*c", false),
    ])
  func patterns(name: String, pattern: String, matches: Bool) {
    #expect(FilePattern.matches(name, pattern) == matches)
  }

  @Test("Patterns work in every part of a path")
  func patternsInDirectories() {
    let files = MemoryFileSystem(texts: [
      "/c/teams/pay/slo.yaml": "", "/c/teams/shop/slo.yaml": "", "/c/teams/shop/x.yaml": "",
      "/c/slo.yaml": "",
    ])
    #expect(
      FilePattern("/c/teams/*/slo.yaml").files(in: files)
        == ["/c/teams/pay/slo.yaml", "/c/teams/shop/slo.yaml"])
  }

  @Test(
    "One file has one path",
    arguments: [
      ("a//b/./c", "a/b/c"), ("a/../b", "b"), ("../a", "../a"), ("../../a", "../../a"),
      ("/../a", "/a"), ("/", "/"), ("a/..", "."), ("./a", "a"),
    ])
  func normalizedPaths(path: String, normalized: String) {
    #expect(FilePath.normalized(path) == normalized)
  }

  @Test("Paths in a file are relative to it, to the home directory, or absolute")
  func resolvedPaths() {
    #expect(FilePath.resolve("b", in: "c/f.yaml", home: "/h") == "c/b")
    #expect(FilePath.resolve("b", in: "f.yaml", home: "/h") == "b")
    #expect(FilePath.resolve("~/b", in: "c/f.yaml", home: "/h") == "/h/b")
    #expect(FilePath.resolve("/b", in: "c/f.yaml", home: "/h") == "/b")
    #expect(FilePath.resolve("../b", in: "/f.yaml", home: nil) == "/b")
  }

  @Test(
    "The nearest name is the one that was probably meant",
    arguments: [
      ("objetive", "objective"), ("time_zone", "timeZone"), ("SOURCE", "source"),
      ("naem", "name"), ("environment", "env"), ("banana", nil), ("", nil), ("xy", nil),
    ])
  func nearestMatch(word: String, nearest: String?) {
    let names = ["objective", "timeZone", "source", "name", "env"]
    #expect(NearestMatch.of(word, among: names) == nearest)
  }
}
