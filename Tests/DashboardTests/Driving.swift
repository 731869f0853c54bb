import Screen

@testable import Dashboard

extension Dashboard {
  /// Presses keys one after the other and collects what is to be done.
  @discardableResult
  mutating func press(_ keys: [Key]) -> [Effect] {
    keys.flatMap { handle(.input(.key($0)), at: now) }
  }

  /// Types text.
  mutating func type(_ text: String) {
    press(text.map(Key.character))
  }
}
