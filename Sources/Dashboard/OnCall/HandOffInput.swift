import Reliability
import Screen

extension Dashboard {
  /// Takes a key or a paste while the operator says what to add to a hand-off note; it may be nothing.
  mutating func handle(_ input: InputEvent, inHandOffNote field: TextInput) -> [Effect] {
    var field = field
    if input == .key(.escape) {
      overlay = nil
    } else if input == .key(.enter) {
      overlay = nil
      guard let team = onCall.selected?.id else { return [] }
      notice = "Writing the hand-off note of \(team)."
      return [.writeHandOff(team: team, words: field.value)]
    } else if field.handle(input) {
      overlay = .handOffNote(field)
    }
    return []
  }

  /// Says where a hand-off note is, the file's own name first: a narrow screen cuts the rest.
  mutating func noteHandOff(in place: String) {
    let parts = place.split(separator: "/", omittingEmptySubsequences: false)
    let folder = parts.dropLast().joined(separator: "/")
    let name = parts.last.map(String.init) ?? place
    notice = "Hand-off note: \(name)" + (folder.isEmpty ? "" : " in \(folder)")
  }
}
