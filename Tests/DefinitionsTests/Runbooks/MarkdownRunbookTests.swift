import Definitions
import Reliability
import Testing

@Suite("Runbooks in Markdown")
struct MarkdownRunbookTests {
  private func read(_ text: String, _ diagnostics: [String] = []) throws -> Runbook {
    let config = """
      apiVersion: burnwatch/v1
      kind: Config
      runbooks: {directories: [books]}
      """
    let loaded = Loader.load(["config.yaml": config, "books/Disk.md": text])
    #expect(loaded.diagnostics.map(\.message) == diagnostics)
    return try #require(loaded.configuration?.runbooks.runbooks.first)
  }

  private func command(_ step: RunbookStep) -> String? {
    if case .command(let command) = step.action { command.text.source } else { nil }
  }

  @Test("Headings, items, blocks and links become sections and steps")
  func page() throws {
    let runbook = try read(
      """
      ---
      title: ignored, the heading counts
      weight: 20
      alert: DiskFull
      labels: {team: shop}
      severity: SEV3
      ---
      # The disk is full

      Somebody wrote too much.

      ## Look

      - [ ] Look at the **graph**
        that is long
      - See [the page](https://example.com/disk)

      This finds large files. Look at the largest
      ones first:

      ```bash {name=largest confirm=true timeout=60s}
      du -xh / | sort -h
      ```

      1. Clean up:

         ```sh
         apt-get clean
         ```

      ```promql
      node_filesystem_avail_bytes
      ```
      """)
    #expect(runbook.id == "Disk")
    #expect(runbook.title == "The disk is full")
    #expect(runbook.severity == "SEV3")
    #expect(runbook.triggers.map(\.alert) == ["DiskFull"])
    #expect(runbook.triggers.first?.matchers == [LabelMatcher("team", .equal, "shop")])
    #expect(runbook.sections.map(\.title) == ["The disk is full", "Look"])
    #expect(runbook.sections[0].text == "Somebody wrote too much.")
    #expect(
      runbook.steps.map(\.name) == [
        "Look at the graph that is long", "See the page", "the page", "largest", "Clean up:",
        "node_filesystem_avail_bytes",
      ])
    #expect(runbook.steps[3].description == "Look at the largest ones first:")
    #expect(runbook.steps[3].options.confirms)
    #expect(runbook.steps[3].options.timeout == .seconds(60))
    #expect(command(runbook.steps[3]) == "du -xh / | sort -h")
    #expect(command(runbook.steps[4]) == "apt-get clean")
    #expect(runbook.steps[2].action == .link(TemplateText(verbatim: "https://example.com/disk")))
    guard case .query(let query) = runbook.steps[5].action else {
      Issue.record("no query")
      return
    }
    #expect(query.language == "promql")
    #expect(runbook.steps.map(\.origin.line) == [14, 16, 16, 21, 27, 31])
  }

  @Test("Text is never a command: code in sentences, indented code, unknown languages")
  func textIsNotRun() throws {
    let runbook = try read(
      """
      Run `rm -rf /` now.

          rm -rf /tmp/x

          ```sh
          rm -rf /tmp/y
          ```

      ```yaml
      command: rm
      ```

      ```
      rm -rf /tmp/z
      ```

      <script>rm</script>

      - `rm -rf /home`
      """)
    #expect(!runbook.hasCommands)
    #expect(runbook.steps.map(\.name) == ["rm -rf /home"])
    for text in ["/tmp/x", "/tmp/y", "command: rm", "/tmp/z", "<script>"] {
      #expect(runbook.sections[0].text.contains(text))
    }
  }

  @Test("Prompts are taken off and output is left out, but kept to read")
  func prompts() throws {
    let runbook = try read(
      """
      ```console
      $ kubectl get pods \\
          -n shop
      NAME   READY
      shop   1/1
      $ echo 'one
      two'
      ```
      """)
    let step = try #require(runbook.steps.first)
    #expect(command(step) == "kubectl get pods \\\n    -n shop\necho 'one\ntwo'")
    #expect(step.description.contains("shop   1/1"))
  }

  @Test(
    "A command with a gap says so",
    arguments: [
      ("oc debug node/<name of the node>", "<name of the node> is to be replaced"),
      ("# apt-get update -y", "\"# apt-get update -y\" may be a comment, or a command of root"),
    ])
  func gaps(text: String, gap: String) throws {
    let runbook = try read("```sh\n\(text)\n```")
    guard case .command(let command) = runbook.steps.first?.action else {
      Issue.record("no command")
      return
    }
    #expect(command.gap == gap)
  }

  @Test(
    "Comments and redirections are no gaps",
    arguments: ["# look\nls", "sort <in >out", "cat <<EOF"])
  func noGaps(text: String) throws {
    guard case .command(let command) = try read("```sh\n\(text)\n```").steps.first?.action else {
      Issue.record("no command")
      return
    }
    #expect(command.gap == nil)
  }

  @Test(
    "Fences of tildes, in quotes, longer ones around shorter ones, with CRLF and a mark at the start"
  )
  func fences() throws {
    let runbook = try read(
      "\u{FEFF}# A\r\n~~~sh\r\necho `a`\r\n~~~\r\n> ```bash\r\n> echo b\r\n> ```\r\n"
        + "````sh\r\n```\r\n````\r\n")
    #expect(runbook.title == "A")
    #expect(runbook.steps.compactMap(command) == ["echo `a`", "echo b", "```"])
  }

  @Test("Attributes are JSON or words, those of Runme do not disturb, and ignored blocks are text")
  func attributes() throws {
    let runbook = try read(
      """
      ```sh {"name":"say","interactive":"true","id":"01H","cwd":"../"}
      echo a
      ```
      ```sh { name="two words", danger=yes background=false }
      echo b
      ```
      ```sh {ignore=true}
      echo c
      ```
      """)
    #expect(runbook.steps.map(\.name) == ["say", "two words"])
    #expect(runbook.steps[0].options.isInteractive)
    #expect(runbook.steps[0].options.directory == "../")
    #expect(runbook.steps[1].options.isDangerous)
    #expect(runbook.sections[0].text.contains("echo c"))
  }

  @Test("Items below an item are part of it, and headings may be underlined")
  func nesting() throws {
    let runbook = try read(
      """
      Title
      =====

      - Check the pod:
        - its priority
        - its probes

        and its age
      - Next
      """)
    #expect(runbook.title == "Title")
    #expect(runbook.steps.map(\.name) == ["Check the pod:", "Next"])
    for text in ["its priority", "its probes", "and its age"] {
      #expect(runbook.steps[0].description.contains(text))
    }
  }

  @Test("Addresses are found bare, in brackets and in angles, each once, and not in code")
  func links() throws {
    let runbook = try read(
      """
      See https://a.example.com/x_(y), <https://b.example.com/>, and
      [the
      third](https://c.example.com "Title"). Again https://b.example.com/.
      Not `https://d.example.com`, [local](../x.md) or ![image](https://e.example.com/x.png).
      """)
    #expect(
      runbook.steps.map(\.name) == [
        "https://a.example.com/x_(y)", "https://b.example.com/", "the third",
      ])
  }
}
