import Reliability
import Testing

@Suite("What a step will run")
struct StepPreparationTests {
  private func prepare(
    _ step: RunbookStep, for subject: RunSubject = .alert(), _ settings: RunSettings? = nil
  ) throws(StepRefusal) -> PreparedCommand {
    let usual = RunSettings(
      user: "ines", host: "bastion",
      environment: ["PATH": "/bin", "HOME": "/home/ines", "SECRET": "s3cret", "FOO": "1"])
    return try StepPreparation(.sample([step]), for: subject, settings ?? usual).command(of: step)
  }

  @Test("The environment is made from scratch: the known names, those allowed, and the alert's")
  func environment() throws {
    let settings = RunSettings(
      user: "ines", host: "bastion",
      environment: [
        "PATH": "/bin", "HOME": "/home/ines", "USER": "ines", "LANG": "C.UTF-8", "SECRET": "s",
        "KUBECONFIG": "/k", "SSH_AUTH_SOCK": "/s", "FOO": "1", "TERM": "xterm",
      ], allowed: ["FOO", "MISSING"])
    let step = try RunbookStep.command(
      "env",
      RunbookStep.Options(environment: ["REGION": try TemplateText(parsing: "eu-{{ labels.zone }}")]
      ))
    let command = try prepare(
      step, for: .alert(["zone": "1", "pod.name": "x"], annotations: ["summary": "a b"]), settings)
    #expect(
      command.environment == [
        "PATH": "/bin", "HOME": "/home/ines", "USER": "ines", "LANG": "C.UTF-8", "TERM": "dumb",
        "KUBECONFIG": "/k", "SSH_AUTH_SOCK": "/s", "FOO": "1", "REGION": "eu-1",
        "ALERT_LABEL_alertname": "Burn", "ALERT_LABEL_zone": "1", "ALERT_LABEL_pod_name": "x",
        "ALERT_ANNOTATION_summary": "a b",
      ])
    #expect(command.remarks == [])
  }

  @Test("Values over 64 KiB, with NUL, or of a name that is taken stay out, and the step says so")
  func leftOut() throws {
    let labels = [
      "big": String(repeating: "a", count: 65_537), "fits": String(repeating: "b", count: 65_536),
      "nul": "a\0b", "a-b": "first", "a_b": "second",
    ]
    let command = try prepare(try .command("true"), for: .alert(labels))
    #expect(command.environment["ALERT_LABEL_big"] == nil)
    #expect(command.environment["ALERT_LABEL_fits"]?.utf8.count == 65_536)
    #expect(command.environment["ALERT_LABEL_nul"] == nil)
    #expect(command.environment["ALERT_LABEL_a_b"] == "first")
    #expect(
      command.remarks == [
        "The label \"a_b\" has no variable of its own; $ALERT_LABEL_a_b is another's.",
        "The label \"big\" has 65537 bytes, more than the 65536 of a variable; $ALERT_LABEL_big is "
          + "not set.",
        "The label \"nul\" holds a NUL; $ALERT_LABEL_nul is not set.",
      ])
  }

  @Test("A label that is not harmless refuses the step and is named")
  func refused() throws {
    let step = try RunbookStep.command("restart {{ labels.pod }}")
    #expect(try prepare(step, for: .alert(["pod": "web-1"])).text == "restart web-1")
    let error = #expect(throws: StepRefusal.self) {
      try prepare(step, for: .alert(["pod": "$(touch x)"]))
    }
    #expect(
      error?.description
        == "The label \"pod\" has the character \"$\", which a shell may act upon. Use "
        + "\"$ALERT_LABEL_pod\" in the command instead, or run the step by hand.")
    let unfit = RunbookStep.Options(environment: [
      "X": try TemplateText(parsing: "{{ labels.pod }}")
    ])
    #expect(throws: StepRefusal.self) {
      try prepare(try .command("true", unfit), for: .alert(["pod": "a b"]))
    }
  }

  @Test(
    "A shell ends at the first command that fails",
    arguments: [
      (nil, ["/bin/sh", "-e", "-c"]), ("sh", ["/bin/sh", "-e", "-c"]),
      ("bash", ["bash", "-e", "-o", "pipefail", "-c"]), ("zsh", ["zsh", "-e", "-c"]),
    ])
  func shells(_ shell: String?, _ words: [String]) throws {
    #expect(try prepare(try .command("true", shell: shell)).arguments == words + ["true"])
  }

  @Test("A text with a gap is not run as it stands")
  func gap() throws {
    let step = try RunbookStep.command("kill <pid>", gap: "\"<pid>\" is to be filled in")
    #expect(throws: StepRefusal.gap("\"<pid>\" is to be filled in")) { try prepare(step) }
  }

  @Test(
    "A command runs where its file is, unless it says where",
    arguments: [
      (nil, "/etc/burnwatch/runbooks"), ("tools", "/etc/burnwatch/runbooks/tools"),
      ("/srv", "/srv"), ("~/bin", "/home/ines/bin"),
    ])
  func directory(_ written: String?, _ directory: String) throws {
    let step = try RunbookStep.command("true", RunbookStep.Options(directory: written))
    #expect(try prepare(step).directory == directory)
  }

  @Test("Its time is its own, else the configured, and none on the terminal")
  func timeouts() throws {
    #expect(try prepare(try .command("true")).timeout == .seconds(300))
    let own = RunbookStep.Options(timeout: .seconds(7))
    #expect(try prepare(try .command("true", own)).timeout == .seconds(7))
    let settings = RunSettings(user: "", host: "", timeout: .seconds(9))
    #expect(try prepare(try .command("true"), settings).timeout == .seconds(9))
    let interactive = try prepare(
      try .command("top", RunbookStep.Options(timeout: .seconds(7), isInteractive: true)))
    #expect(interactive.timeout == nil && interactive.isInteractive)
  }

  @Test("Only pages of the web are opened, by the configured program and no shell")
  func links() throws {
    let settings = RunSettings(user: "", host: "", opener: ["xdg-open"])
    func link(_ text: String) throws -> RunbookStep {
      RunbookStep(.link(try TemplateText(parsing: text)), name: "page", origin: runbookOrigin)
    }
    let page = try link("https://example.com/?q={{ labels.pod }}&x=1")
    #expect(
      try prepare(page, for: .alert(["pod": "a"]), settings).arguments
        == ["xdg-open", "https://example.com/?q=a&x=1"])
    for text in ["file:///etc/passwd", "javascript:alert(1)", "/bin/sh", "--help"] {
      #expect(throws: StepRefusal.notAWebAddress(text)) {
        try prepare(try link(text), .alert(), settings)
      }
    }
    #expect(throws: StepRefusal.noOpener) { try prepare(page, for: .alert(["pod": "a"])) }
  }

  private func prepare(
    _ step: RunbookStep, _ subject: RunSubject, _ settings: RunSettings
  ) throws(StepRefusal) -> PreparedCommand {
    try prepare(step, for: subject, settings)
  }

  private func prepare(
    _ step: RunbookStep, _ settings: RunSettings
  ) throws(StepRefusal) -> PreparedCommand {
    try prepare(step, for: .alert(), settings)
  }

  @Test("A query's program reads the question from its standard input")
  func programs() throws {
    let query = RunbookStep.Query(
      try TemplateText(parsing: "select {{ labels.zone }}"), language: "sql",
      program: try TemplateText(parsing: "psql shop"))
    let step = RunbookStep(.query(query), name: "ask", origin: runbookOrigin)
    let command = try prepare(step, for: .alert(["zone": "1"]))
    #expect(command.input == "select 1")
    #expect(command.arguments == ["/bin/sh", "-e", "-c", "psql shop"])
  }
}

@Suite("Lists of runbooks that may run")
struct RunbookPermissionsTests {
  @Test("Denied beats allowed, and a list of allowed ones shuts the others out")
  func lists() {
    let lists = RunbookPermissions(allowed: ["checkout-*", "db"], denied: ["*-danger"])
    #expect(lists.refusal(of: "checkout-errors") == nil)
    #expect(lists.refusal(of: "db") == nil)
    #expect(lists.refusal(of: "checkout-danger") == "permissions.runbooks.deny has \"*-danger\"")
    #expect(
      lists.refusal(of: "search") == "permissions.runbooks.allow does not name \"search\"")
    #expect(RunbookPermissions().refusal(of: "anything") == nil)
    #expect(RunbookPermissions(allowed: []).refusal(of: "anything") != nil)
  }

  @Test(
    "A star stands for any characters, also none, and for nothing else",
    arguments: [
      ("a*", "a", true), ("a*", "abc", true), ("a*", "ba", false), ("*", "", true),
      ("*b*", "abc", true), ("*b*", "ac", false), ("a*a", "a", false), ("a*a", "aa", true),
      ("a*b*c", "axbxc", true), ("a*b*c", "acb", false), ("a.c", "abc", false),
      ("abc", "abc", true), ("", "a", false), ("a**b", "ab", true),
    ])
  func patterns(_ pattern: String, _ name: String, _ fits: Bool) {
    let lists = RunbookPermissions(allowed: [pattern])
    #expect((lists.refusal(of: name) == nil) == fits)
  }
}
