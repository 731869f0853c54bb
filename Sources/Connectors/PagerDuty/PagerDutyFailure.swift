// What PagerDuty says when it says no, and the one place where that becomes words for the operator.

internal import Foundation
internal import Reliability

extension PagerDutyAnswer {
  /// Reads an answer whose status says no.
  ///
  /// The body is `{"error": {"message", "code", "errors": [text]}}`, `errors` may be absent, and some 401
  /// and 429 answers, and whatever a proxy on the way says, are no JSON.
  static func failure(_ answer: HTTPAnswer) -> ConnectorError {
    if (300..<400).contains(answer.status) {
      let target = answer.field("location").flatMap { try? SourceAddress($0) }
      return .redirected(status: answer.status, target: target?.description)
    }
    let wire = try? JSONDecoder().decode(WireFailure.self, from: Data(answer.body))
    return .status(
      answer.status, text: wire?.text ?? plainText(answer), retryAfter: retryAfter(answer))
  }

  /// The wish of a server that was asked too often; PagerDuty tells it in a field of its own.
  private static func retryAfter(_ answer: HTTPAnswer) -> Duration? {
    let own = answer.status == 429 ? RequestAllowance(answer)?.reset : nil
    let standard = answer.field("retry-after").flatMap(RetryAfter.seconds)
    return own ?? standard.map { .seconds($0) }
  }

  private static func plainText(_ answer: HTTPAnswer) -> String {
    let type = answer.field("content-type") ?? ""
    guard !type.contains("html"), !type.contains("json") else { return "" }
    return String(decoding: answer.body.prefix(400), as: UTF8.self)
  }
}

/// How many requests the key may still make, from the fields of an answer.
struct RequestAllowance: Hashable, Sendable {
  /// The size of the whole allowance (`ratelimit-limit`), where it is told.
  let limit: Int?
  /// What is left of it (`ratelimit-remaining`).
  let remaining: Int
  /// How long until it is whole again (`ratelimit-reset`, seconds and not a time), an hour at most.
  let reset: Duration?

  /// Reads the fields; `nil` where the answer has none of them.
  init?(_ answer: HTTPAnswer) {
    let remaining = answer.field("ratelimit-remaining").flatMap { Int($0) }
    let reset = answer.field("ratelimit-reset").flatMap(RetryAfter.seconds)
    guard remaining != nil || reset != nil else { return nil }
    limit = answer.field("ratelimit-limit").flatMap { Int($0) }
    self.remaining = answer.status == 429 ? 0 : remaining ?? .max
    self.reset = reset.map { .seconds($0) }
  }

  /// Whether it is nearly used up: a tenth is left, or ten requests where the whole is not known.
  var isLow: Bool { remaining <= (limit.map { $0 / 10 } ?? 10) }
}

extension ConnectorError {
  /// What happened and what the operator can do, where PagerDuty was asked.
  var pagerDutyMessage: String {
    guard case .status(let status, let text, _) = self else { return message }
    let said = text.isEmpty ? "HTTP \(status)" : "HTTP \(status) \(Excerpt(text))"
    switch status {
    case 400 where isAboutRequester:
      return "PagerDuty does not know who acts: \(said); "
        + "set from: of the source to the mail address of a PagerDuty user"
    case 401: return "not let in: \(said); check the source's token"
    case 402: return "not in the plan of the account: \(said); ask its owner"
    case 403:
      return "not allowed: \(said); "
        + "check what the source's token may do, a read-only key cannot acknowledge"
    case 400..<500 where status != 404 && status != 429: return "PagerDuty refuses it: \(said)"
    default: return message
    }
  }

  /// Whether PagerDuty complains of the field `From`, which a key of an account needs to write.
  ///
  /// The code of such an answer, 2001, is that of all wrong input, so only the words tell.
  var isAboutRequester: Bool {
    guard case .status(400, let text, _) = self else { return false }
    let words = text.lowercased()
    return words.contains("requester") || words.contains("from header")
      || text.split { !$0.isLetter }.contains("From")
  }

  /// Whether what was asked for is not there.
  var isNotFound: Bool {
    guard case .status(404, _, _) = self else { return false }
    return true
  }
}

private struct WireFailure: Decodable {
  struct Fault: Decodable {
    let message: String?
    let code: Int?
    let errors: [String]?

    private enum Key: CodingKey {
      case message, code, errors
    }

    init(from decoder: any Decoder) throws {
      let container = try decoder.container(keyedBy: Key.self)
      message = try? container.decode(String.self, forKey: .message)
      code = try? container.decode(Int.self, forKey: .code)
      errors = try? container.decode([String].self, forKey: .errors)
    }
  }

  let error: Fault

  /// The words in one line, with the code by which PagerDuty's documentation knows the error.
  var text: String {
    let details = (error.errors ?? []).joined(separator: ", ")
    let words = [error.message ?? "", details].filter { !$0.isEmpty }.joined(separator: ": ")
    guard let code = error.code else { return words }
    return words.isEmpty ? "code \(code)" : "\(words) (code \(code))"
  }
}
