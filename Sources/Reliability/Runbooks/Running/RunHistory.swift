/// What the runs of one runbook tell of it.
package struct RunHistory: Hashable, Sendable {
  /// How many runs there were.
  package let runs: Int
  /// The share of ended runs that were completed, 0...1; `nil` while none has ended.
  package let successShare: Double?
  /// The length in the middle of all completed runs; `nil` without one.
  package let medianDuration: Duration?
  /// When the last one began.
  package let lastRun: Timestamp?

  /// Sums runs up; those in which nothing was begun do not count.
  package init(_ records: [RunRecord]) {
    let begun = records.filter { $0.steps.contains { $0.attempts > 0 || $0.status == .done } }
    runs = begun.count
    lastRun = begun.map(\.startedAt).max().map(Timestamp.init(milliseconds:))
    let completed = begun.filter { $0.outcome == .completed }
    let ended = begun.filter { ![.running, .open].contains($0.outcome) }
    successShare = ended.isEmpty ? nil : Double(completed.count) / Double(ended.count)
    let lengths = completed.map { $0.changedAt - $0.startedAt }.sorted()
    medianDuration = lengths.isEmpty ? nil : .milliseconds(lengths[lengths.count / 2])
  }
}
