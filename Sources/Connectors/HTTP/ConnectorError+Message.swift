// The one place where a connector's errors become words for the operator. They are clauses without
// a final full stop, because views put the source's name before and the next try after them.

internal import Reliability

extension ConnectorError: CustomStringConvertible {
  /// The same words as `message`, so that no error is ever shown as a case of Swift.
  package var description: String { message }

  /// What happened and, where the operator can do something, what.
  package var message: String {
    switch self {
    case .unusableAddress(let address, let reason):
      "the url \(Excerpt(address)) cannot be asked: \(reason)"
    case .unreachable(let reason): "no connection: \(reason)"
    case .timedOut(let limit): "no answer within \(limit.inWords)"
    case .untrusted(let reason): "no trusted connection: \(reason)"
    case .answerTooLarge(let limit):
      "the answer is larger than \(limit) bytes; raise limits.responseBytes or ask for less"
    case .redirected(let status, let target): ConnectorError.redirection(status, target)
    case .status(let status, let text, let retryAfter):
      ConnectorError.statusMessage(status, text, retryAfter)
    case .refused(let refusal): Excerpt(refusal.message, limit: 400).bare
    case .unreadable(let reason, let api): "the answer is not \(api)'s: \(reason)"
    case .secret(let error): error.message
    case .leftAlone(_, let reason): reason
    case .cancelled: "the question was cancelled"
    }
  }

  private static func redirection(_ status: Int, _ target: String?) -> String {
    let what = "redirected (HTTP \(status))"
    guard let target else { return "\(what) to nowhere; check the source's url" }
    return "\(what) to \(Excerpt(target)), which is not followed; check the source's url"
  }

  private static func statusMessage(
    _ status: Int, _ text: String, _ retryAfter: Duration?
  ) -> String {
    let said = text.isEmpty ? "HTTP \(status)" : "HTTP \(status) \(Excerpt(text))"
    switch status {
    case 401: return "not let in: \(said); check the source's auth"
    case 403: return "not allowed: \(said); check what the source's credentials may read"
    case 404: return "nothing there: \(said); check the path of the source's url"
    case 429:
      let wait = retryAfter.map { ", asked to wait \($0.inWords)" } ?? ""
      return "too many requests: \(said)\(wait)"
    default: return "the server failed: \(said)"
    }
  }
}

extension SecretError: CustomStringConvertible {
  /// The same words as `message`.
  package var description: String { message }

  /// What is wrong with the place a secret should come from; never the secret.
  package var message: String {
    switch self {
    case .unsetVariable(let name):
      "the environment variable \(name) is not set; set it or change the source's auth"
    case .unreadableFile(let path, let reason):
      "the secret's file \(Excerpt(path)) cannot be read: \(reason)"
    case .failedCommand(let name, let reason):
      "the secret's command \(Excerpt(name)) failed: \(reason)"
    case .empty(let place): "the secret from \(place) is empty"
    case .unsuitable(let place):
      "the secret from \(place) has control characters within, which no header can carry"
    }
  }
}

extension Duration {
  /// The length in seconds as people say it, such as `10 s` or `0.5 s`.
  var inWords: String {
    let seconds = inSeconds
    let whole = seconds.rounded()
    return whole == seconds ? "\(Int(whole)) s" : "\(seconds) s"
  }
}
