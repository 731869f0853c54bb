import Reliability
import Screen

/// The list of silences: who mutes what, why, until when, and how much it mutes now.
struct SilencesPane: Sendable {
  private(set) var silences: [Silence] = []
  private(set) var counts: [AlertSnapshot.SilenceKey: Int] = [:]
  /// The names of the first alerts that each mutes.
  private(set) var mutedNames: [AlertSnapshot.SilenceKey: [String]] = [:]
  private(set) var list = VirtualList()
  /// Whether expired ones are shown.
  private(set) var showsExpired = false
  private var all: [Silence] = []

  var selected: Silence? {
    silences.indices.contains(list.selection) ? silences[list.selection] : nil
  }

  /// How many are in force.
  var activeCount: Int { all.count { $0.state == .active } }
  var expiredCount: Int { all.count { $0.state == .expired } }

  mutating func update(with snapshot: AlertSnapshot, height: Int) {
    all = snapshot.silences
    counts = snapshot.mutedCounts
    mutedNames = [:]
    for alert in snapshot.alerts {
      for silence in alert.silences where (mutedNames[silence.key]?.count ?? 0) < 8 {
        mutedNames[silence.key, default: []].append(alert.name)
      }
    }
    arrange(height: height)
  }

  mutating func toggleExpired(height: Int) {
    showsExpired.toggle()
    arrange(height: height)
  }

  mutating func move(_ movement: Movement, height: Int) {
    list.move(movement, height: height)
  }

  mutating func select(_ index: Int, height: Int) {
    list.select(index, height: height)
  }

  /// How many alerts a silence mutes now.
  func count(of silence: Silence) -> Int { counts[silence.key] ?? 0 }

  private mutating func arrange(height: Int) {
    let key = selected?.key
    silences = showsExpired ? all : all.filter { $0.state != .expired }
    list.clamp(count: silences.count)
    let index = key.flatMap { key in silences.firstIndex { $0.key == key } }
    list.select(index ?? list.selection, height: height)
  }
}
