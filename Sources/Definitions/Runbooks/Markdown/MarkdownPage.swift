import Reliability
import Yams

/// What stands before a block and says what it is for.
struct Introduction {
  let text: String
  /// Whether it is a list item, which is a step of its own unless a block follows in it.
  let isItem: Bool
}

/// What has been made of the blocks of a Markdown file.
struct MarkdownPage {
  let file: String
  let findings: Findings
  private(set) var title: String?
  private(set) var sections: [Runbook.Section] = []
  private(set) var steps: [RunbookStep] = []
  /// The heading and text that the next blocks belong to.
  private var heading: (title: String, level: Int, line: Int)?
  private var texts: [(text: String, line: Int)] = []

  init(file: String, findings: Findings) {
    self.file = file
    self.findings = findings
  }

  /// A value at the start of the file.
  var start: Value { value(at: 1) }

  mutating func take(_ blocks: [MarkdownBlock]) {
    var introduction: Introduction?
    for (index, block) in blocks.enumerated() {
      let next = index + 1 < blocks.count ? blocks[index + 1] : nil
      let before = introduction
      introduction = nil
      switch block.content {
      case .heading(let level, let text):
        takeHeading(text, level, block.line)
      case .paragraph(let text):
        texts.append((text, block.line))
        takeLinks(of: text, block.line)
        introduction = Introduction(text: MarkdownPage.lastSentence(text), isItem: false)
      case .item(let text):
        if MarkdownPage.isIntroduction(next) {
          introduction = Introduction(text: text, isItem: true)
          takeLinks(of: text, block.line)
        } else {
          takeItem(text, block.line)
        }
      case .fence(let fence):
        takeFence(fence, block.line, before ?? Introduction(text: "", isItem: false))
      }
    }
    closeSection()
  }

  private static func isIntroduction(_ next: MarkdownBlock?) -> Bool {
    guard case .fence(let fence)? = next?.content, fence.isInItem else { return false }
    return FenceLanguage(fence.language) != .text
  }

  private mutating func takeHeading(_ text: String, _ level: Int, _ line: Int) {
    closeSection()
    let plain = MarkdownLinks.plain(text)
    if title == nil { title = plain }
    heading = (plain, level, line)
    takeLinks(of: text, line)
  }

  private mutating func closeSection() {
    let text = texts.map(\.text).joined(separator: "\n\n")
    if let heading {
      sections.append(
        Runbook.Section(
          title: heading.title, level: heading.level, text: text, origin: origin(heading.line)))
    } else if let first = texts.first {
      sections.append(
        Runbook.Section(title: "", level: 0, text: text, origin: origin(first.line)))
    }
    texts = []
    heading = nil
  }

  private mutating func takeItem(_ text: String, _ line: Int) {
    var text = text
    for box in ["[ ] ", "[x] ", "[X] "] where text.hasPrefix(box) {
      text = String(text.dropFirst(box.count))
    }
    if !MarkdownLinks.isLinkOnly(text) {
      let (name, description) = MarkdownPage.texts(text)
      if !name.isEmpty { add(.manual, name, description, RunbookStep.Options(), line) }
    }
    takeLinks(of: text, line)
  }

  private mutating func takeLinks(of text: String, _ line: Int) {
    for link in MarkdownLinks.links(in: text) {
      // An address may hold braces of its own; then nothing is filled in.
      let address =
        (try? TemplateText(parsing: link.address)) ?? TemplateText(verbatim: link.address)
      add(.link(address), link.text, "", RunbookStep.Options(), line)
    }
  }

  private mutating func takeFence(
    _ fence: MarkdownFence, _ line: Int, _ introduction: Introduction
  ) {
    let place = value(at: line)
    if !fence.isClosed { place.report(.runbook(.unclosedFence)) }
    let language = FenceLanguage(fence.language)
    guard language != .text else {
      texts.append((MarkdownPage.asText(fence), line))
      return
    }
    let attributes = FenceAttributes(fence, at: place)
    let isIgnored = attributes[.ignore]?.boolean() ?? false
    guard !isIgnored, !fence.body.trimmed.isEmpty else {
      // The text of a paragraph is already there.
      if introduction.isItem { texts.append((introduction.text, line)) }
      texts.append((MarkdownPage.asText(fence), line))
      return
    }
    let action = action(fence, language, attributes, place)
    let spoken = MarkdownPage.texts(introduction.text)
    let name = attributes[.name]?.text() ?? (spoken.name.isEmpty ? nil : spoken.name)
    let written = language == .shell && fence.usesPrompts ? [fence.body] : []
    let said = introduction.text == name ? [] : [introduction.text]
    let description = (said + written).filter { !$0.isEmpty }.joined(separator: "\n\n")
    let options = attributes.options
    guard let action else { return }
    add(action, name ?? fence.firstCommand, description, options, line)
  }

  private func action(
    _ fence: MarkdownFence, _ language: FenceLanguage, _ attributes: FenceAttributes, _ place: Value
  ) -> RunbookStep.Action? {
    switch language {
    case .shell:
      let commands = PromptText.commands(in: fence.lines) ?? fence.body
      let shell = ["shell", "console", "sh"].contains(fence.language) ? nil : fence.language
      return place.template(of: commands).map { text in
        .command(.init(text, shell: shell, gap: CommandGap.reason(in: commands)))
      }
    case .query(let name):
      let program = attributes[.run]?.template()
      return place.template(of: fence.body)
        .map { .query(.init($0, language: name, program: program)) }
    case .text:
      return nil
    }
  }

  private mutating func add(
    _ action: RunbookStep.Action, _ name: String, _ description: String,
    _ options: RunbookStep.Options, _ line: Int
  ) {
    steps.append(
      RunbookStep(
        action, name: name, description: description, group: heading?.title, options: options,
        origin: origin(line)))
  }

  private func origin(_ line: Int) -> Runbook.Origin { Runbook.Origin(file: file, line: line) }

  private func value(at line: Int) -> Value {
    Value(node: Node(""), place: Place(file: file, line: line), findings: findings)
  }
}
