extension AlertFilter {
  /// Why a filter cannot be used, and where in it.
  package struct Failure: Error, Hashable, Sendable {
    /// The place, counted in Unicode scalars from the start of the text.
    package let position: Int
    /// What is wrong there.
    package let problem: Problem

    /// What can be wrong with a filter.
    package enum Problem: Hashable, Sendable {
      /// `!` or `-` alone; `=x`; `severity=`; `""`.
      case loneSign(String)
      case missingName(String)
      case missingValue(String)
      case emptyQuotes
      /// A quote without its end; `"\d"`; `"a"b`; `a==b`.
      case unclosedQuote(String)
      case unknownEscape(String)
      case textAfterQuote(String)
      case doubledSign(name: String, value: String)
      /// A value that should be a regular expression and is none.
      case pattern(name: String, PatternError.Problem)
      /// `state:on`; `sev:red`; `age>soon`.
      case unknownState(String)
      case unknownSeverity(String)
      case unknownLength(String)
    }
  }
}

extension AlertFilter.Failure: CustomStringConvertible {
  /// The same words as `message`.
  package var description: String { message }

  /// What is wrong and what to do, as a clause without its stop.
  package var message: String {
    switch problem {
    case .loneSign(let sign):
      "nothing follows \(sign.inQuotes); write what must not hold, or remove it"
    case .missingName(let sign):
      "no label stands before \(sign.inQuotes); write name=value without blanks"
    case .missingValue(let term): AlertFilter.Failure.missingValue(in: term)
    case .emptyQuotes: "there is nothing in the quotes; write the text to look for"
    case .unclosedQuote(let quote): "the quote is never closed; add \(quote)"
    case .unknownEscape(let text):
      "\(text.inQuotes) means nothing in quotes; write \"\\\\\" for a backslash"
    case .textAfterQuote(let text):
      "\(text.inQuotes) follows a closing quote; put a blank between them"
    case .doubledSign(let name, let value):
      "\(name) is compared with \(value.inQuotes); write \"=\" once, or the value in quotes"
    case .pattern(let name, let problem):
      "the pattern of \(name) cannot be used: "
        + PatternError(position: position, problem: problem).message
    case .unknownState(let word):
      "\(word.inQuotes) is no state; use firing, pending, acked, silenced, inhibited or resolved"
    case .unknownSeverity(let word): "\(word.inQuotes) is no severity; use page, ticket or info"
    case .unknownLength(let text):
      "\(text.inQuotes) is no length of time; write one such as 90s, 10m, 1h30m or 2d"
    }
  }

  private static func missingValue(in term: String) -> String {
    let name = term.prefix { !"=!~<>".contains($0) }
    switch term {
    case "state:", "is:": return "\(term) needs a state; write one such as \(term)firing"
    case "sev:": return "sev: needs a severity; write page, ticket or info"
    case "by:", "source:", "slo:": return "\(term) needs a name; write a part of it"
    case _
    where term.hasSuffix("<") || term.hasSuffix(">") || term.hasPrefix("age<")
      || term.hasPrefix("age>"):
      return "\(term) needs a length of time; write one such as \(term)10m"
    default:
      return "\(term.inQuotes) has no value; write one, or "
        + "\(name)=\"\" for alerts without the label"
    }
  }
}
