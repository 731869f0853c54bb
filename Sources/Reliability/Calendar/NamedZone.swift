import Foundation

/// A time zone of the IANA database, as this machine knows it.
package struct NamedZone: ZoneOffsets, Hashable {
  /// The name, such as `Europe/Berlin`.
  package let name: String
  private let zone: TimeZone

  /// Finds a zone by its name.
  ///
  /// - Returns: `nil` when the machine knows no such time zone.
  package init?(_ name: String) {
    guard let zone = TimeZone(identifier: name) else { return nil }
    self.name = name
    self.zone = zone
  }

  /// How far its clocks are ahead of UTC at an instant, in seconds.
  package func offset(at instant: Timestamp) -> Int {
    zone.secondsFromGMT(for: Date(timeIntervalSince1970: instant.seconds))
  }
}
