import Reliability
import Testing

@Suite("Texts with places for labels")
struct TemplateTextTests {
  private let labels = LabelSet(["pod": "shop-7f", "namespace": "shop", "empty": ""])
  private let annotations = LabelSet(["dashboard": "https://example.com/d/1"])

  private func filled(_ text: String) throws -> String {
    try TemplateText(parsing: text).filled(labels: labels, annotations: annotations)
  }

  @Test("Labels and annotations are put in, with or without blanks and dollar signs")
  func filling() throws {
    let text = "kubectl -n {{ labels.namespace }} logs {{labels.pod}} # {{ $labels.pod }}"
    #expect(try filled(text) == "kubectl -n shop logs shop-7f # shop-7f")
    #expect(try filled("open {{ annotations.dashboard }}") == "open https://example.com/d/1")
    #expect(try TemplateText(parsing: text).fields.map(\.name) == ["namespace", "pod", "pod"])
  }

  @Test(
    "Braces of other tools are plain text",
    arguments: [
      "docker ps --format '{{.Names}}\t{{ .Labels }}'", "echo ${{x}}", "{{", "}}", "{{}}", "{{ {{",
      "-o go-template='{{range .items}}{{.metadata.labels.app}}{{\"\\n\"}}{{end}}'",
    ])
  func foreignBraces(text: String) throws {
    #expect(try filled(text) == text)
    #expect(try TemplateText(parsing: text).fields.isEmpty)
  }

  @Test("A place inside the braces of another tool is filled")
  func nestedBraces() throws {
    #expect(try filled("{{range {{ labels.pod }}}}") == "{{range shop-7f}}")
  }

  @Test(
    "Braces that mention labels in another way are refused",
    arguments: [
      "{{ labels }}", "{{ labels.a-b }}", "{{ labels['pod'] }}", "{{ label.pod }}", "{{ labels. }}",
      "{{ labels.1 }}", "{{ annotations.x | quote }}", "{{ labels.pod", "{{ labels.a.b }}",
    ])
  func malformed(text: String) {
    #expect(throws: TemplateText.Malformed.self) { try TemplateText(parsing: text) }
  }

  @Test("Each reason to refuse a value names the label and what to do")
  func refusals() throws {
    func refusal(_ value: String) throws -> String? {
      let text = try TemplateText(parsing: "echo {{ labels.pod }}")
      do throws(TemplateText.Refusal) {
        _ = try text.filled(labels: LabelSet(["pod": value]), annotations: LabelSet([:]))
        return nil
      } catch {
        return "\(error)"
      }
    }
    let advice = "Use \"$ALERT_LABEL_pod\" in the command instead, or run the step by hand."
    #expect(
      try refusal("")
        == "The alert has no label \"pod\". Run the step by hand, or choose an alert that has it.")
    #expect(
      try refusal("-rf")
        == "The label \"pod\" begins with \"-\" and would be read as an option. \(advice)")
    #expect(
      try refusal("$(touch x)")
        == "The label \"pod\" has the character \"$\", which a shell may act upon. \(advice)")
    #expect(
      try refusal("a\nb")
        == "The label \"pod\" has the character U+000A, which a shell may act upon. \(advice)")
    #expect(
      try refusal(String(repeating: "x", count: 257))
        == "The label \"pod\" has 257 characters, more than the 256 that are put into a command. "
        + advice)
    #expect(try refusal(String(repeating: "x", count: 256)) == nil)
    #expect(try refusal("a.b_c:d/e@f%g+h=i,j-k") == nil)
  }

  @Test("Of ten thousand hostile values none gets in with a character that a shell knows")
  func hostileValues() throws {
    let safe = Set(
      "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789._:/@%+=,-".unicodeScalars)
    let text = try TemplateText(parsing: "<{{ labels.x }}>")
    var values = HostileValues(seed: 5)
    var refused = 0
    for _ in 0..<10_000 {
      let value = values.next()
      let scalars = value.unicodeScalars
      let isSafe =
        (1...256).contains(scalars.count) && scalars.first != "-"
        && scalars.allSatisfy(safe.contains)
      do throws(TemplateText.Refusal) {
        let result = try text.filled(labels: LabelSet(["x": value]), annotations: LabelSet([:]))
        #expect(isSafe)
        #expect(result == "<\(value)>")
      } catch {
        refused += 1
        #expect(!isSafe)
        #expect(error.field == TemplateText.Field(.label, "x"))
        #expect("\(error)".unicodeScalars.allSatisfy { $0.isASCII && $0.value >= 32 })
      }
    }
    #expect((2_000...9_900).contains(refused))
  }
}

/// Values that somebody could give to a label to have something run.
private struct HostileValues {
  private static let pieces = [
    "$(touch x)", "`id`", "; rm -rf /", "\"", "'", "\\", "\n", "\r", "\0", "|", "&", ">", "<", "*",
    "?", "~", "{a,b}", "{{ labels.x }}", "$HOME", "#", "!", "\u{1B}[2J", "\u{202E}", "ä", "\u{301}",
    "日", "\u{2028}", " ", "\t", "-", "--",
  ]
  private static let harmless = ["shop", "7f", ".", "_", ":", "/", "@", "%", "+", "=", ",", "0"]

  private var state: UInt64

  init(seed: UInt64) {
    state = seed
  }

  mutating func next() -> String {
    let count = random(12) == 0 ? 120 + random(400) : random(6)
    let sources = random(3) == 0 ? Self.harmless : Self.harmless + Self.pieces
    return (0..<count).map { _ in sources[random(sources.count)] }.joined()
  }

  private mutating func random(_ bound: Int) -> Int {
    state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
    return Int(state >> 33) % bound
  }
}
