import Reliability
import Yams

/// Warns of names in rotations that are probably misspelt, once it is known who there is.
struct StrangerCheck {
  /// Who is known beside the rotation's own people, by the short name.
  let people: Set<String>

  /// Looks at one rotation.
  func report(on declared: DeclaredRotation) {
    let known = people.union(declared.rotation.people.keys)
    // Where nobody is described, names are all there is.
    guard !known.isEmpty else { return }
    let listed =
      [declared.value.topLevel["engineers"]]
      + parts("layers", of: declared.value)
      .map { $0.topLevel["participants"] }
    for value in listed.compactMap(\.self).flatMap({ $0.itemsOrOne() }) {
      guard let name = value.scalarText, !known.contains(name),
        let nearest = NearestMatch.of(name, among: known.sorted())
      else { continue }
      value.report(.onCall(.stranger(name, nearest: nearest)))
    }
    let turns = declared.rotation.layers.flatMap(\.participants).flatMap(\.people)
    for value in parts("overrides", of: declared.value).compactMap({ $0.topLevel["who"] }) {
      // Whoever stands in need take no turns.
      guard let name = value.scalarText, !known.contains(name), !turns.contains(name) else {
        continue
      }
      let nearest = NearestMatch.of(name, among: known.sorted() + turns)
      value.report(.onCall(.stranger(name, nearest: nearest)))
    }
  }

  private func parts(_ key: String, of value: Value) -> [Value] {
    (value.topLevel[key]?.itemsOrOne() ?? []).filter {
      if case .mapping = $0.node { true } else { false }
    }
  }
}
