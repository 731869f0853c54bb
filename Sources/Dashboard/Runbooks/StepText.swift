import Reliability
import Screen

/// What a step does, how it stands and what it has written, as lines.
struct StepText {
  private(set) var lines: [Line] = []
  private let width: Int
  private let glyphs: Glyphs

  /// The most lines of output that are drawn; the file has all.
  private static let outputLimit = 1000
  /// The steps on the scale of a line of values.
  private static let levels = 8.0

  init(width: Int, glyphs: Glyphs) {
    self.width = max(width, 1)
    self.glyphs = glyphs
  }

  // MARK: - Before it runs

  /// What will happen.
  mutating func add(_ step: RunbookStep, _ preview: StepPreview) {
    if let group = step.group { paragraph(group, .dim) }
    let text = step.description.isEmpty || step.description == step.name ? "" : step.description
    if !text.isEmpty {
      paragraph(text, .text)
      blank()
    }
    for line in preview.text { verbatim(line, .title) }
    for fact in preview.facts {
      paragraph(fact, fact == "changes production" ? .warning : .dim)
    }
    if !preview.rollback.isEmpty {
      for (index, line) in preview.rollback.enumerated() {
        verbatim((index == 0 ? "rollback: " : "          ") + line, .dim)
      }
    }
    if let refusal = preview.refusal { paragraph(refusal, .failed) }
  }

  // MARK: - What has become of it

  /// How it stands, and what it shows.
  mutating func add(_ record: StepRecord, _ live: RunState.Live?, now: Timestamp) {
    if record.status != .pending {
      blank()
      let again = record.attempts > 1 ? ", attempt \(record.attempts)" : ""
      let detail = record.detail.map { ": \($0)" } ?? ""
      paragraph("\(record.status.word)\(again)\(detail)", record.status.role)
      if let note = record.note { paragraph("note: \(note)", .text) }
    }
    if let watch = live?.watch { add(watch, isWaiting: record.isRunning, now: now) }
    if let answer = live?.answer { add(answer) }
    let hasWritten = (live?.output.byteCount ?? record.output?.bytes ?? 0) > 0
    if hasWritten { add(live?.lines ?? [], record.output) }
  }

  private mutating func add(_ all: [String], _ kept: StepRecord.Output?) {
    rule("output")
    if all.count > StepText.outputLimit {
      paragraph("... \(all.count - StepText.outputLimit) earlier lines ...", .dim)
    }
    for line in all.suffix(StepText.outputLimit) { verbatim(line, .text) }
    guard let kept else { return }
    if let file = kept.file {
      paragraph("\(kept.bytes) bytes, all of it in \(file)", .dim)
    } else {
      paragraph("\(kept.bytes) bytes, not kept in a file", .dim)
    }
  }

  private mutating func add(_ watch: VerificationWatch, isWaiting: Bool, now: Timestamp) {
    rule("value")
    let values = watch.samples.map(\.value)
    let latest = values.last.flatMap { $0 }
    let holds = latest.map(watch.verification.bound.admits) ?? false
    add(
      Line([
        Span(latest?.brief ?? "unknown", holds ? .healthy : .warning),
        Span("  wanted \(watch.verification.bound)", .dim),
      ]))
    spark(values, limit: watch.verification.bound.value.doubleValue)
    if let trouble = watch.trouble { paragraph(trouble, .failed) }
    guard isWaiting else { return }
    if let since = watch.holdsSince {
      let goal = watch.verification.holds
      paragraph("has held for \((now - since).brief) of \(goal.brief)", .healthy)
    }
    if watch.holdsSince == nil, watch.deadline > now {
      paragraph("\((watch.deadline - now).brief) left to begin to hold", .dim)
    }
  }

  private mutating func add(_ answer: MetricAnswer) {
    rule("answer")
    guard !answer.series.isEmpty else {
      paragraph("Nothing matches: the source has no value for this now.", .noData)
      return
    }
    for series in answer.series {
      let labels = series.labels.isEmpty ? "" : "  \(series.labels)"
      paragraph("\(series.value?.brief ?? "no number")\(labels)", .text)
      if series.past.contains(where: { $0 != nil }) { spark(series.past, limit: nil) }
    }
    if answer.count > answer.series.count {
      paragraph("and \(answer.count - answer.series.count) more series", .dim)
    }
  }

  /// Values as a line, from the least to the greatest of them; those beyond the limit stand out.
  private mutating func spark(_ values: [Double?], limit: Double?) {
    let shown = values.suffix(max(width - 1, 1))
    let known = shown.compactMap(\.self) + (limit.map { [$0] } ?? [])
    guard let low = known.min(), let high = known.max() else { return }
    let spans = shown.map { value -> Span in
      guard let value else { return Span(String(glyphs.unknownSample), .unknownSample) }
      let share = high > low ? (value - low) / (high - low) : 0
      let level = Int((share * (StepText.levels - 1)).rounded())
      let isOver = limit.map { value > $0 } ?? false
      return Span(String(glyphs.levels[level]), isOver ? .burnOver : .burnLow)
    }
    add(Line(spans))
  }

  // MARK: - The rest of the document

  /// The texts of the runbook that belong to no step.
  mutating func addSections(of runbook: Runbook) {
    for section in runbook.sections {
      if section.title.isEmpty { blank() } else { rule(section.title) }
      for line in section.text.split(separator: "\n", omittingEmptySubsequences: false) {
        line.isEmpty ? blank() : paragraph(String(line), .dim)
      }
    }
  }

  // MARK: - Lines

  private mutating func add(_ line: Line) { lines.append(line) }

  /// Adds a line as it is.
  mutating func append(_ line: Line) { lines.append(line) }

  private mutating func blank() {
    if let last = lines.last, last.width > 0 { add(Line([])) }
  }

  private mutating func rule(_ title: String) {
    let name = Sanitizer.line(title, limit: max(width - 8, 1), glyphs: glyphs)
    let bar = String(repeating: String(glyphs.horizontal), count: 2)
    let rest = max(width - DisplayWidth.of(name) - 6, 0)
    add(
      Line([
        Span("\(bar) ", .border), Span(name, .dim),
        Span(" \(String(repeating: String(glyphs.horizontal), count: rest))", .border),
      ]))
  }

  private mutating func paragraph(_ text: String, _ role: Role) {
    for part in WordWrap.lines(of: text, width: width, glyphs: glyphs) {
      add(Line([Span(part, role)]))
    }
  }

  /// A line that must not be changed: broken after a blank where it is too long, with nothing left out.
  private mutating func verbatim(_ text: String, _ role: Role) {
    var rest = Sanitizer.line(text, glyphs: glyphs)[...]
    repeat {
      var used = 0
      var part = rest.prefix { character in
        used += DisplayWidth.of(String(character))
        return used <= width
      }
      if part.isEmpty { part = rest.prefix(1) }
      if part.endIndex < rest.endIndex, let blank = part.lastIndex(of: " "),
        blank > part.index(part.startIndex, offsetBy: part.count / 2)
      {
        part = part[...blank]
      }
      add(Line([Span(String(part), role)]))
      rest = rest[part.endIndex...]
    } while !rest.isEmpty
  }
}
