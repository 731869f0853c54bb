/// Why a regular expression cannot be compiled, and where in it.
package struct PatternError: Error, Hashable, Sendable {
  /// The place, counted in Unicode scalars from the start of the pattern.
  package let position: Int
  /// What is wrong there.
  package let problem: Problem

  /// What can be wrong with a pattern.
  package enum Problem: Hashable, Sendable {
    /// More scalars than the limit; more steps than the limit; more groups in groups than the
    /// limit.
    case tooLong(limit: Int)
    case tooLarge
    case nestedTooDeeply(limit: Int)
    /// `(` without `)`; `)` without `(`; `[` without `]`.
    case unclosedGroup
    case unopenedGroup
    case unclosedClass
    /// `*` after nothing; `**`; `{1001}`, alone or multiplied; `{3,2}`.
    case nothingToRepeat(String)
    case repeatedTwice(String)
    case repeatedTooOften(String)
    case repetitionOutOfOrder(String)
    /// A backslash at the end; before a letter without a meaning; `\1`; `\x{110000}`.
    case loneBackslash
    case unknownEscape(String)
    case backReference(String)
    case noCharacter(String)
    /// `(?=`; any other `(?`; a group's name that is none, or is taken.
    case lookAround(String)
    case unknownGroup(String)
    case groupName(String)
    case groupNameTwice(String)
    /// `\p{Nonsense}`; `[[:nonsense:]]`; `[z-a]`.
    case unknownProperty(String)
    case unknownClass(String)
    case rangeOutOfOrder(String)
  }
}

extension PatternError: CustomStringConvertible {
  /// The same words as `message`.
  package var description: String { message }

  /// What is wrong and what to do, as a clause without its stop.
  package var message: String {
    switch problem {
    case .tooLong(let limit): "the pattern has more than \(limit) characters; shorten it"
    case .tooLarge: "the pattern is too large; use smaller repetitions"
    case .nestedTooDeeply(let limit): "more than \(limit) groups lie within each other; use fewer"
    case .unclosedGroup: "\"(\" is never closed; add \")\""
    case .unopenedGroup: "\")\" closes no group; remove it, or write \"\\)\""
    case .unclosedClass: "\"[\" is never closed; add \"]\", or write \"\\[\""
    case .nothingToRepeat(let sign):
      "nothing to repeat before \(sign.inQuotes); write \(("\\" + sign).inQuotes) for the character"
    case .repeatedTwice(let sign): "\(sign.inQuotes) repeats a repetition; put a group around it"
    case .repeatedTooOften(let text): "\(text.inQuotes) repeats more than 1000 times; use less"
    case .repetitionOutOfOrder(let text):
      "\(text.inQuotes) has the larger number first; turn them round"
    case .loneBackslash, .unknownEscape, .backReference, .noCharacter: escapeMessage
    case .lookAround, .unknownGroup, .groupName, .groupNameTwice: groupMessage
    case .unknownProperty, .unknownClass, .rangeOutOfOrder: classMessage
    }
  }

  private var escapeMessage: String {
    switch problem {
    case .unknownEscape(let text):
      "\(text.inQuotes) has no meaning; write \"\\\\\" for a backslash"
    case .backReference(let text):
      "\(text.inQuotes) refers back to a group, which Prometheus does not know; write it out"
    case .noCharacter(let text):
      "\(text.inQuotes) is no character; write two hexadecimal digits or \"\\x{...}\""
    default: "nothing follows the backslash; write \"\\\\\" for a backslash"
    }
  }

  private var groupMessage: String {
    switch problem {
    case .lookAround(let text):
      "\(text.inQuotes) looks around, which Prometheus does not know; use a second matcher"
    case .groupName(let name):
      "\(name.inQuotes) is no name of a group; use letters, digits and \"_\""
    case .groupNameTwice(let name): "two groups are named \(name.inQuotes); rename one"
    case .unknownGroup(let text):
      "\(text.inQuotes) begins no group; \"(?:\" does, and \"(?i)\" ignores case"
    default: "the group is unknown"
    }
  }

  private var classMessage: String {
    switch problem {
    case .unknownProperty(let text):
      "\(text.inQuotes) is not known here; use a general category such as \"\\p{Lu}\""
    case .unknownClass(let text):
      "\(text.inQuotes) is no class of characters; use one such as \"[:alpha:]\""
    case .rangeOutOfOrder(let text):
      "the range \(text.inQuotes) has its larger end first; turn it round"
    default: "the class is unknown"
    }
  }
}

extension String {
  /// The text in quotes for a message, cut where it is long.
  var inQuotes: String {
    let limit = 40
    guard unicodeScalars.count > limit else { return "\"\(self)\"" }
    return "\"\(String(unicodeScalars.prefix(limit)))...\""
  }
}
