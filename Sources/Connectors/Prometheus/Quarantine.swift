package import Reliability

/// Which SLOs' expressions the server refuses, and when they are asked again; pure.
///
/// An SLO whose burn windows are refused is left alone altogether; a refused slow question takes
/// only that kind of question with it.
package struct Quarantine: Hashable, Sendable {
  /// The kinds of questions that are refused for themselves.
  private enum Kind: Hashable {
    case burn, objective, coverage, history

    init(_ question: Demand.Question) {
      switch question {
      case .burn: self = .burn
      case .objective: self = .objective
      case .coverage: self = .coverage
      case .history: self = .history
      }
    }
  }

  private struct Key: Hashable {
    let slo: SLO.ID
    let kind: Kind
  }

  private struct Entry: Hashable {
    let message: String
    let pause: Pause
  }

  /// The first pause; each further refusal doubles it.
  package static let firstPause = Duration.seconds(30)
  /// The bound of the doubling.
  package static let longestPause = Duration.seconds(600)

  private var entries: [Key: Entry] = [:]

  /// Makes an empty quarantine.
  package init() {}

  /// The server's words for a demand that is not asked now.
  package func message(for demand: Demand, at now: Timestamp) -> String? {
    let entry = entry(for: demand)
    return entry.flatMap { $0.pause.isOver(at: now) ? nil : $0.message }
  }

  /// Whether a demand was refused before, so that it is asked by itself.
  package func suspects(_ demand: Demand) -> Bool { entry(for: demand) != nil }

  /// Takes in a demand that the server refused.
  package mutating func refuse(_ demand: Demand, message: String, at now: Timestamp) {
    let key = Key(slo: demand.slo, kind: Kind(demand.question))
    let known = entries[key]
    if let known, !known.pause.isOver(at: now) { return }
    let longer = known.map { min($0.pause.length * 2, Quarantine.longestPause) }
    let pause = Pause(of: longer ?? Quarantine.firstPause, from: now)
    entries[key] = Entry(message: message, pause: pause)
  }

  /// Lets a demand's kind of question go after a good answer.
  package mutating func release(_ demand: Demand) {
    guard !entries.isEmpty else { return }
    entries[Key(slo: demand.slo, kind: Kind(demand.question))] = nil
  }

  /// One line per SLO, by id.
  package var list: [SourceHealth.Quarantine] {
    let bySLO = Dictionary(grouping: entries) { $0.key.slo }
    return bySLO.compactMap { slo, entries in
      entries.map(\.value).min {
        ($0.pause.until, $0.message) < ($1.pause.until, $1.message)
      }.map { SourceHealth.Quarantine(slo: slo, message: $0.message, nextTry: $0.pause.until) }
    }.sorted { $0.slo < $1.slo }
  }

  private func entry(for demand: Demand) -> Entry? {
    entries[Key(slo: demand.slo, kind: .burn)]
      ?? entries[Key(slo: demand.slo, kind: Kind(demand.question))]
  }
}
