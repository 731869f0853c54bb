/// What a server says of itself; what it does not say is `nil`.
package struct ServerProfile: Hashable, Sendable {
  /// What kind of server it is, as far as it can be told.
  package let kind: ServerKind
  /// The version, as the server writes it.
  package let version: String?
  /// How long it keeps data.
  package let retention: Retention?

  /// Makes a profile.
  package init(kind: ServerKind, version: String? = nil, retention: Retention? = nil) {
    self.kind = kind
    self.version = version
    self.retention = retention
  }
}

/// The kinds of servers that speak Prometheus's query API.
package enum ServerKind: String, CaseIterable, Hashable, Sendable {
  /// The names under which people know them.
  case prometheus = "Prometheus"
  case thanos = "Thanos"
  case mimir = "Mimir"
  case cortex = "Cortex"
  case victoriaMetrics = "VictoriaMetrics"
  case unknown = "an unknown kind of server"

  /// Tells the kind by what the build information says.
  ///
  /// Mimir and Cortex name themselves; a version below 1 is Thanos's, as Prometheus left those behind
  /// in 2016.
  package init(application: String?, version: String?, isVictoriaMetrics: Bool) {
    let name = application?.lowercased() ?? ""
    if isVictoriaMetrics {
      self = .victoriaMetrics
    } else if name.contains("mimir") {
      self = .mimir
    } else if name.contains("cortex") {
      self = .cortex
    } else if let version, !version.isEmpty {
      self = version.hasPrefix("0.") || version.hasPrefix("v0.") ? .thanos : .prometheus
    } else {
      self = .unknown
    }
  }
}

/// How long a server keeps data.
package struct Retention: Hashable, Sendable {
  /// The time after which data goes; `nil` when only its size limits it.
  package let length: Duration?
  /// The setting, as the server writes it; VictoriaMetrics's months as days.
  package let text: String

  /// Reads `15d`, `15d or 50GB`, `50GB`, as the field `storageRetention` has it.
  ///
  /// - Returns: `nil` when there is no limit in it, such as in `0s` or an empty text.
  package init?(prometheus text: String) {
    let parts = text.split(separator: " ").filter { $0 != "or" }
    let limits = parts.filter { part in part.contains { ("1"..."9").contains($0) } }
    guard !limits.isEmpty else { return nil }
    length = limits.compactMap(Retention.length).first
    self.text = text
  }

  /// Reads VictoriaMetrics's `-retentionPeriod`, in which a bare number counts months of 31 days.
  package init?(victoriaMetrics text: String) {
    let bare = text.hasSuffix("M") ? text.dropLast() : Substring(text)
    if let months = Double(bare), months > 0, months < 12_000 {
      let days = Int64((months * 31).rounded())
      length = .seconds(days * 86_400)
      self.text = "\(days)d"
    } else if let length = Retention.length(Substring(text)) {
      self.length = length
      self.text = text
    } else {
      return nil
    }
  }

  /// The sum of numbers with units, a year being 365 days; `nil` for anything else.
  private static func length(_ text: Substring) -> Duration? {
    var rest = text
    var total = 0.0
    while !rest.isEmpty {
      let number = rest.prefix { ("0"..."9").contains($0) || $0 == "." }
      let unit = rest.dropFirst(number.count).prefix { $0.isLetter }
      guard let count = Double(number), let seconds = secondsByUnit[String(unit)] else {
        return nil
      }
      total += count * seconds
      rest = rest.dropFirst(number.count + unit.count)
    }
    return total > 0 && total < 1e12 ? .seconds(Int64(total)) : nil
  }

  private static let secondsByUnit: [String: Double] = [
    "ms": 0.001, "s": 1, "m": 60, "h": 3600, "d": 86_400, "w": 604_800, "y": 31_536_000,
  ]
}
