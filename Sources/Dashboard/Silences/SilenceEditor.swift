import Reliability
import Screen

/// The form in which a silence is made or extended, with what it would hit.
struct SilenceEditor: Sendable {
  /// A matcher that can be switched off.
  struct Chip: Hashable, Sendable {
    let matcher: LabelMatcher
    var isUsed: Bool
  }

  /// The parts of the form, from top to bottom.
  enum Part: Hashable, Sendable {
    case chip(Int)
    case addition, duration, comment, send
  }

  /// The lengths that left and right go through.
  static let presets = ["15m", "30m", "1h", "2h", "4h", "8h", "1d", "3d", "1w"]

  /// The cluster that gets it.
  let cluster: String
  /// The silence that is extended; `nil` makes a new one.
  let extended: Silence?
  private(set) var chips: [Chip]
  private(set) var addition = TextInput()
  private(set) var duration: TextInput
  private(set) var comment: TextInput
  private(set) var part: Part
  /// What is wrong with what was typed; `nil` when it can be sent.
  private(set) var trouble: String?
  /// What is wrong with the matcher that was to be added.
  private var additionTrouble: String?
  /// How many alerts it would hit now.
  private(set) var hitCount = 0
  /// Their names, each once, with how often it occurs.
  private(set) var hitNames: [String] = []
  /// How many of the chosen alerts this cluster does not know.
  let leftOut: Int

  /// Opens the form for some alerts: their common labels, the volatile ones switched off.
  ///
  /// - Parameters:
  ///   - alerts: The alerts.
  ///   - cluster: The cluster that gets the silence.
  ///   - volatile: The labels that name one of several interchangeable instances.
  ///   - leftOut: How many alerts were chosen beside these, of other clusters.
  init(for alerts: [Alert], cluster: String, volatile: Set<String>, leftOut: Int = 0) {
    self.cluster = cluster
    self.leftOut = leftOut
    extended = nil
    let sets = alerts.map { Set($0.labels.labels) }
    let common = sets.dropFirst().reduce(sets.first ?? []) { $0.intersection($1) }
    chips = common.sorted { $0.name < $1.name }.map { label in
      Chip(
        matcher: LabelMatcher(label.name, .equal, label.value),
        isUsed: !volatile.contains(label.name))
    }
    duration = TextInput("2h")
    comment = TextInput()
    part = .duration
  }

  /// Opens the form for a silence that is to end later.
  init(extending silence: Silence) {
    self.init(of: silence, extended: silence)
  }

  /// Opens the form for a new silence that is like an expired one.
  init(repeating silence: Silence) {
    self.init(of: silence, extended: nil)
  }

  private init(of silence: Silence, extended: Silence?) {
    cluster = silence.cluster
    leftOut = 0
    self.extended = extended
    chips = silence.matchers.map { Chip(matcher: $0, isUsed: true) }
    duration = TextInput("2h")
    comment = TextInput(silence.remark)
    part = .duration
  }

  var matchers: [LabelMatcher] { chips.filter(\.isUsed).map(\.matcher) }

  /// The length, as typed.
  var length: Duration? { Duration(typed: duration.value) }

  /// The parts that can be reached.
  var parts: [Part] {
    // The matchers of a silence that is in force cannot change without making another one.
    guard extended == nil else { return [.duration, .send] }
    return chips.indices.map(Part.chip) + [.addition, .duration, .comment, .send]
  }

  /// When the silence ends that lasts so long, or that is extended by so much.
  func end(of length: Duration, at now: Timestamp) -> Timestamp {
    max(extended?.endsAt ?? now, now) + length
  }

  /// Finds what is wrong and what would be hit.
  mutating func check(among alerts: [Alert]) {
    trouble = additionTrouble ?? AlertMatcher.refusalReason(of: matchers)
    if length == nil {
      trouble = trouble ?? "\"\(duration.value)\" is no length; type 30m, 2h or 3d"
    }
    (hitCount, hitNames) = (0, [])
    let compiled = matchers.compactMap { try? AlertMatcher($0) }
    guard compiled.count == matchers.count, !compiled.isEmpty else { return }
    let hits = alerts.filter { alert in
      alert.id.cluster == cluster && alert.state != .resolved
        && compiled.allSatisfy { $0.matches(alert.labels) }
    }
    hitCount = hits.count
    var counts: [String: Int] = [:]
    for hit in hits {
      let name = hit.service.map { "\(hit.name) (\($0))" } ?? hit.name
      if counts[name] == nil { hitNames.append(name) }
      counts[name, default: 0] += 1
    }
    hitNames = hitNames.map { name in counts[name].map { $0 > 1 ? "\($0) \(name)" : name } ?? name }
  }

  // MARK: - Keys

  /// What a key led to.
  enum Outcome: Hashable, Sendable {
    case edited, send, ignored
  }

  mutating func handle(_ event: InputEvent) -> Outcome {
    switch event {
    case .key(.down), .key(.tab): step(by: 1)
    case .key(.up), .key(.backTab): step(by: -1)
    case .key(.enter):
      if part == .send { return trouble == nil ? .send : .ignored }
      if part == .addition, !addition.value.isEmpty { add() } else { step(by: 1) }
    default: return edit(event)
    }
    return .edited
  }

  private mutating func edit(_ event: InputEvent) -> Outcome {
    switch part {
    case .chip(let index):
      guard event == .key(.character(" ")), chips.indices.contains(index) else { return .ignored }
      chips[index].isUsed.toggle()
      return .edited
    case .addition:
      guard addition.handle(event) else { return .ignored }
      additionTrouble = nil
      return .edited
    case .duration:
      if event == .key(.left) || event == .key(.right) {
        usePreset(next: event == .key(.right))
        return .edited
      }
      return duration.handle(event) ? .edited : .ignored
    case .comment: return comment.handle(event) ? .edited : .ignored
    case .send: return .ignored
    }
  }

  private mutating func step(by count: Int) {
    // What was typed there counts: a matcher that is left out would silence more than was meant.
    if part == .addition, !addition.value.isEmpty { add() }
    guard additionTrouble == nil else { return }
    let all = parts
    let index = all.firstIndex(of: part) ?? 0
    part = all[min(max(index + count, 0), all.count - 1)]
  }

  /// Takes over a typed matcher; one that is none stays to be corrected.
  private mutating func add() {
    guard let typed = LabelMatcher.list(parsing: addition.value), !typed.isEmpty else {
      additionTrouble =
        "\"\(addition.value)\" is no matcher; type label=\"value\", or ctrl-u clears it"
      return
    }
    chips += typed.map { Chip(matcher: $0, isUsed: true) }
    addition = TextInput()
  }

  private mutating func usePreset(next: Bool) {
    let index = SilenceEditor.presets.firstIndex(of: duration.value)
    let target = index.map { $0 + (next ? 1 : -1) } ?? 3
    duration = TextInput(
      SilenceEditor.presets[min(max(target, 0), SilenceEditor.presets.count - 1)])
  }
}
