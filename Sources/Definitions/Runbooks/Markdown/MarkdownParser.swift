/// Takes a Markdown text apart into blocks, as far as runbooks need it.
///
/// The rules for headings, fences, list items and quotes are CommonMark's. Every line of text is in some
/// block.
struct MarkdownParser {
  private var blocks: [MarkdownBlock] = []
  private var paragraph: [String] = []
  private var paragraphLine = 0
  private var fence: OpenFence?
  private var list: OpenItem?

  /// A fence whose end is not there yet.
  private struct OpenFence {
    var content: MarkdownFence
    let sign: Character
    let count: Int
    let indent: Int
    let line: Int
  }

  /// A list item that may go on.
  private struct OpenItem {
    /// Where the text of the item begins; what is indented less, but for lazy lines, ends it.
    let offset: Int
    let line: Int
    /// `nil` once the item has been handed over: then only blocks below it follow.
    var lines: [String]?
    var endsWithBlank = false
  }

  /// The blocks of a text, in order.
  ///
  /// - Parameters:
  ///   - lines: The lines of the text.
  ///   - first: The number of the first line.
  /// - Returns: The blocks, with the numbers of their first lines.
  static func blocks(of lines: some Sequence<Substring>, first: Int) -> [MarkdownBlock] {
    var parser = MarkdownParser()
    for (index, line) in lines.enumerated() { parser.take(MarkdownLine(line), first + index) }
    parser.closeFence(isClosed: false)
    parser.closeText()
    return parser.blocks
  }

  private mutating func take(_ line: MarkdownLine, _ number: Int) {
    if let open = fence {
      if line.closesFence(open.sign, open.count) {
        closeFence(isClosed: true)
      } else {
        fence?.content.lines.append(line.without(indent: open.indent))
      }
    } else if line.isBlank {
      closeParagraph()
      list?.endsWithBlank = true
    } else if opensFence(line, number) {
    } else if let heading = line.heading, list == nil || line.indent == 0 {
      closeText()
      blocks.append(.init(content: .heading(level: heading.level, heading.text), line: number))
    } else if !paragraph.isEmpty, let level = line.underline {
      let text = paragraph.map(\.trimmed).joined(separator: " ")
      paragraph = []
      blocks.append(.init(content: .heading(level: level, text), line: paragraphLine))
    } else if line.isRule {
      closeText()
    } else if !takesItem(line, number) {
      takeText(line, number)
    }
  }

  private mutating func opensFence(_ line: MarkdownLine, _ number: Int) -> Bool {
    guard let opening = line.openingFence else { return false }
    let isInItem = list != nil && line.indent > 0
    // Indented by four it is code that shows a fence, unless it belongs to an item.
    guard isInItem || line.indent <= 3 else { return false }
    closeParagraph()
    if isInItem { closeItem() } else { closeText() }
    fence = OpenFence(
      content: MarkdownFence(info: opening.info, isInItem: isInItem), sign: opening.sign,
      count: opening.count, indent: line.indent, line: number)
    return true
  }

  private mutating func takesItem(_ line: MarkdownLine, _ number: Int) -> Bool {
    guard let item = line.item else { return false }
    if let open = list, open.lines != nil, line.indent >= min(open.offset, 2), line.indent > 0 {
      // An item below this one says more about it.
      list?.lines?.append(line.without(indent: open.offset))
      list?.endsWithBlank = false
      return true
    }
    guard list != nil || line.indent <= 3 else { return false }
    closeText()
    list = OpenItem(offset: item.offset, line: number, lines: [String(item.text)])
    let content = MarkdownLine(item.text)
    if let opening = content.openingFence {
      list?.lines = nil
      fence = OpenFence(
        content: MarkdownFence(info: opening.info, isInItem: true), sign: opening.sign,
        count: opening.count, indent: item.offset, line: number)
    }
    return true
  }

  private mutating func takeText(_ line: MarkdownLine, _ number: Int) {
    if let open = list {
      if open.endsWithBlank, line.indent == 0 {
        closeText()
      } else if open.lines != nil {
        if open.endsWithBlank { list?.lines?.append("") }
        list?.lines?.append(line.without(indent: open.offset))
        list?.endsWithBlank = false
        return
      }
    }
    if paragraph.isEmpty { paragraphLine = number }
    paragraph.append(line.without(indent: list?.offset ?? 0))
  }

  private mutating func closeFence(isClosed: Bool) {
    guard var open = fence else { return }
    open.content.isClosed = isClosed
    blocks.append(MarkdownBlock(content: .fence(open.content), line: open.line))
    fence = nil
  }

  private mutating func closeParagraph() {
    guard !paragraph.isEmpty else { return }
    let text = paragraph.joined(separator: "\n")
    blocks.append(MarkdownBlock(content: .paragraph(text), line: paragraphLine))
    paragraph = []
  }

  /// Hands the item over and stays in its list.
  private mutating func closeItem() {
    guard let open = list, let lines = open.lines else { return }
    blocks.append(.init(content: .item(lines.joined(separator: "\n")), line: open.line))
    list?.lines = nil
  }

  private mutating func closeText() {
    closeParagraph()
    closeItem()
    list = nil
  }
}
