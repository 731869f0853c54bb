/// Finds the name that was probably meant.
package enum NearestMatch {
  /// The candidate nearest to a word, or `nil` when none is near.
  ///
  /// Case, `_`, `-` and spaces do not count, so `time_zone` is as good as `timeZone`.
  static func of(_ word: String, among candidates: [String]) -> String? {
    let wanted = letters(word)
    guard !wanted.isEmpty, wanted.count <= 64 else { return nil }
    let limit = max(1, min(3, wanted.count / 3))
    let distances = candidates.map { (name: $0, distance: distance(wanted, letters($0))) }
    guard let best = distances.min(by: { $0.distance < $1.distance }) else { return nil }
    if best.distance <= limit { return best.name }
    return candidates.first { isAbbreviation(letters($0), wanted) }
  }

  /// The candidates nearest to a word, the nearest first, however far they are.
  package static func ranked(
    _ word: String, among candidates: [String], atMost count: Int
  ) -> [String] {
    let wanted = letters(String(word.prefix(64)))
    let distances = candidates.map { (name: $0, distance: distance(wanted, letters($0))) }
    return distances.sorted { ($0.distance, $0.name) < ($1.distance, $1.name) }
      .prefix(count).map(\.name)
  }

  /// Whether one word begins with all of the other, as `environment` does with `env`.
  private static func isAbbreviation(_ first: [Unicode.Scalar], _ second: [Unicode.Scalar]) -> Bool
  {
    let shorter = min(first.count, second.count)
    return shorter >= 3 && first.prefix(shorter) == second.prefix(shorter)
  }

  private static func letters(_ word: String) -> [Unicode.Scalar] {
    word.lowercased().unicodeScalars.filter { !"_- ".unicodeScalars.contains($0) }
  }

  /// The optimal string alignment distance: insertions, deletions, substitutions and swaps of
  /// neighbors.
  private static func distance(_ first: [Unicode.Scalar], _ second: [Unicode.Scalar]) -> Int {
    var previous: [Int] = []
    var row = Array(0...second.count)
    for (line, scalar) in first.enumerated() {
      var next = [line + 1]
      for (column, other) in second.enumerated() {
        let isSame = scalar == other
        var best = min(row[column] + (isSame ? 0 : 1), row[column + 1] + 1, next[column] + 1)
        if line > 0, column > 0, scalar == second[column - 1], first[line - 1] == other {
          best = min(best, previous[column - 1] + 1)
        }
        next.append(best)
      }
      (previous, row) = (row, next)
    }
    return row[second.count]
  }
}
