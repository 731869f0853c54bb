import Reliability

/// Pieces that several observations put into their sentences.
enum Sentences {
  /// A length in its largest unit: `0.4 s`, `31 s`, and from two minutes on minutes, hours, days.
  static func seconds(_ length: Duration) -> String {
    let seconds = length.inSeconds
    let tenths = (seconds * 10).rounded() / 10
    switch seconds {
    case ..<10: return tenths == tenths.rounded() ? "\(Int(tenths)) s" : "\(tenths) s"
    case ..<120: return "\(Int(seconds.rounded())) s"
    case ..<7200: return "\(Int((seconds / 60).rounded())) min"
    case ..<172_800: return "\(Int((seconds / 3600).rounded())) h"
    default: return "\(Int((seconds / 86_400).rounded())) days"
    }
  }

  /// A clause of our own as a sentence: a capital at its start, a full stop at its end.
  static func sentence(_ clause: String) -> String {
    stopped(clause.prefix(1).uppercased() + clause.dropFirst())
  }

  /// A clause with a full stop; its first word may be a metric's name, which stays as it is.
  static func stopped(_ clause: String) -> String {
    clause.hasSuffix(".") || clause.hasSuffix("?") ? clause : "\(clause)."
  }

  /// Names with commas, at most so many of them.
  static func list(_ names: [String], atMost limit: Int = 3) -> String {
    let rest = names.count - limit
    let shown = names.prefix(limit).joined(separator: ", ")
    return rest > 0 ? "\(shown) and \(rest) more" : shown
  }
}
