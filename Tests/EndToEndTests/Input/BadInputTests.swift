import Foundation
import TestSupport
import Testing

extension EndToEnd {
  /// Input that cannot be used: a sentence on standard error that says what and what to do, and the
  /// documented exit code.
  struct BadInputTests {
    /// Arguments, and what must come of them.
    struct Mistake: CustomTestStringConvertible, Sendable {
      let testDescription: String
      let arguments: [String]
      let exitCode: Int32
      /// What standard error must contain; `$DIR` stands for the directory of the files.
      let sentences: [String]
      var files: [String: String] = [:]
      var script: String?

      init(
        _ name: String, _ arguments: [String], _ exitCode: Int32, _ sentences: String...,
        files: [String: String] = [:], script: String? = nil
      ) {
        testDescription = name
        self.arguments = arguments
        self.exitCode = exitCode
        self.sentences = sentences
        self.files = files
        self.script = script
      }
    }

    @Test("Bad input ends with a sentence and its exit code", arguments: commandLines)
    func badCommandLine(_ mistake: Mistake) throws {
      try verify(mistake)
    }

    @Test("A bad configuration ends with a sentence and 78", arguments: configurations)
    func badConfiguration(_ mistake: Mistake) throws {
      try verify(mistake)
    }

    @Test("check says file, line, column, what is wrong and what to write", arguments: checks)
    func badDefinition(_ mistake: Mistake) throws {
      let place = try Workplace(mistake.files)
      let run = try BurnwatchRun(mistake.arguments.map { expand($0, place) })
      #expect(run.exitCode == mistake.exitCode)
      #expect(run.complaint == "")
      for sentence in mistake.sentences {
        #expect(run.text.contains(expand(sentence, place)), "\(run.text)")
      }
    }

    @Test("A terminal that is too small shows the size it needs and what counts most")
    func tooSmall() throws {
      let run = try BurnwatchRun(
        ["demo", "--headless", "--size", "50x10", "--now", "2026-11-21T14:00:00Z"])
      #expect(run.exitCode == 0)
      #expect(run.text.contains("needs 60x15, has 50x10"))
      #expect(run.text.contains("PAGE 0"))
    }

    @Test(
      "A file that may not be read ends with a sentence and 78",
      .enabled(if: getuid() != 0, "the superuser may read everything"))
    func unreadable() throws {
      let place = try Workplace(["c.yaml": "kind: Config\n"])
      chmod(place.file("c.yaml"), 0)
      let run = try BurnwatchRun(["status", "--config", place.file("c.yaml")])
      #expect(run.exitCode == 78)
      #expect(run.complaint.contains(place.file("c.yaml")))
    }

    private func verify(_ mistake: Mistake) throws {
      let place = try Workplace(mistake.files)
      let run = try BurnwatchRun(
        mistake.arguments.map { expand($0, place) }, input: mistake.script)
      #expect(run.exitCode == mistake.exitCode, "\(run.complaint)")
      #expect(run.text == "", "nothing on standard output")
      for sentence in mistake.sentences {
        #expect(run.complaint.contains(expand(sentence, place)), "\(run.complaint)")
      }
    }

    private func expand(_ text: String, _ place: Workplace) -> String {
      text.split(separator: "$DIR", omittingEmptySubsequences: false)
        .joined(separator: place.path)
    }

    // MARK: - The command line

    static let commandLines = [
      Mistake(
        "unknown command", ["frobnicate"], 64,
        "There is no command \"frobnicate\". Choose one of dashboard, demo, check,"),
      Mistake("unknown option", ["status", "--colour"], 64, "Unknown option '--colour'"),
      Mistake(
        "unknown theme", ["demo", "--theme", "sepia", "--headless"], 64,
        "There is no theme \"sepia\". Choose one of dark, light,"),
      Mistake(
        "no time", ["status", "--at", "yesterday", "--config", "$DIR/c.yaml"], 64,
        "--at \"yesterday\" is no time; write it like 2026-11-21T14:03:22Z."),
      Mistake(
        "no size", ["demo", "--headless", "--size", "wide"], 64,
        "--size \"wide\" is no size; write it like 120x40."),
      Mistake("no wait", ["status", "--wait", "-1"], 64, "--wait"),
      Mistake(
        "no speed", ["demo", "--speed", "0"], 64, "--speed 0.0 is out of range"),
      Mistake(
        "no script", ["demo", "--headless", "--script", "$DIR/keys"], 64,
        "The script \"$DIR/keys\" cannot be read. Check its path."),
      Mistake(
        "a script without --headless", ["demo", "--script", "-"], 64,
        "--script needs --headless. Add it, or leave --script out."),
      Mistake(
        "a word that is no step", ["demo", "--headless", "--script", "-"], 64,
        "-:2: \"press Enter\" is no step; use key, type, paste, wait, resize, screen,",
        script: "key j\npress Enter\n"),
      Mistake(
        "a key that is none", ["demo", "--headless", "--script", "-"], 64,
        "\"Entre\" is no key", script: "key Entre\n"),
      Mistake(
        "no length", ["demo", "--headless", "--script", "-"], 64,
        "write a length such as 30s or 5m after wait", script: "wait long\n"),
      Mistake(
        "standard output is a pipe", ["demo"], 69, "The dashboard needs a terminal",
        "use \"burnwatch status\" for text."),
    ]

    // MARK: - The configuration

    private static let source =
      "sources: [{name: prom, type: prometheus, url: \"http://127.0.0.1:9\"}]\n"
    private static let head = "apiVersion: burnwatch/v1\nkind: Config\n"

    private static func root(_ text: String) -> [String: String] {
      ["c.yaml": head + source + text]
    }

    private static let useConfiguration = ["status", "--config", "$DIR/c.yaml", "--wait", "0"]

    static let configurations = [
      Mistake("no configuration", ["status"], 78, "burnwatch:", "--config", "demo"),
      Mistake(
        "a file that is not there", useConfiguration, 78, "$DIR/c.yaml"),
      Mistake(
        "a directory in place of the file", ["status", "--config", "$DIR"], 78, "$DIR"),
      Mistake(
        "no YAML", useConfiguration, 78, "$DIR/c.yaml:2:", files: ["c.yaml": "a: [1,\nb: ]]\n"]),
      Mistake(
        "unknown theme", useConfiguration, 78, "sepia", "dark", files: root("theme: sepia\n")),
      Mistake(
        "an objective of 100 %", useConfiguration, 78,
        "is an objective of 100 %, which leaves no error budget.",
        "Write an objective below 100 %", files: root("slos:\n" + slo(objective: "100"))),
      Mistake(
        "an include cycle", useConfiguration, 78, "b.yaml", "c.yaml",
        files: root("include: [b.yaml]\n").merging(
          ["b.yaml": head + "include: [c.yaml]\n"]) { $1 }),
    ]

    // MARK: - Definitions

    private static func slo(objective: String = "99.9", more: String = "") -> String {
      ConfigurationText.slo(
        "shop", "one", objective: objective,
        sli: "{errorRatio: 'avg_over_time(x[{{window}}])'}", more: more)
    }

    private static let check = ["check", "--config", "$DIR/c.yaml"]

    static let checks = [
      Mistake(
        "an unknown key is a warning that names the nearest", check, 0,
        "$DIR/c.yaml:10:5: warning: slos[0].objectives: The key \"objectives\" is unknown and ignored.",
        "Write \"objective\".", "1 warning.",
        files: root("slos:\n" + slo(more: "objectives: 99"))),
      Mistake(
        "a wrong type", check, 1, "$DIR/c.yaml:4:7", "A list", "1 error",
        files: root("slos: none\n")),
      Mistake(
        "an objective of 100 %", check, 1, "$DIR/c.yaml:7:16", "100 %",
        files: root("slos:\n" + slo(objective: "100"))),
      Mistake(
        "a file that cannot be read", ["check", "$DIR/none.yaml"], 1, "$DIR/none.yaml"),
      Mistake(
        "an include cycle", check, 1, "b.yaml",
        files: root("include: [b.yaml]\n").merging(
          ["b.yaml": head + "include: [c.yaml]\n"]) { $1 }),
      Mistake("nothing wrong", check, 0, "No problems found.", files: root("slos:\n" + slo())),
    ]
  }
}
