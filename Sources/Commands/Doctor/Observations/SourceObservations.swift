// What is seen of a source: the way to it, whether it answers, and what it says of itself.

import Connectors
import Reliability

/// Where a source is asked, and through what.
enum AddressObservation: Observation {
  case direct(String)
  case proxied(String, proxy: ProxySettings)
  case unverified(String)

  var check: String { "address" }

  var verdict: Verdict {
    switch self {
    case .direct(let address): .ok("\(address), asked directly.")
    case .proxied(let address, let proxy):
      .ok("\(address), asked through the proxy \(proxy.host):\(proxy.port).")
    case .unverified(let address):
      .warning(
        "\(address): certificates are not checked, so anyone on the way can change figures.",
        "Remove tls.insecureSkipVerify; set tls.caFile to the CA that signed the certificate.")
    }
  }
}

/// Whether a source answers a query.
enum AnswerObservation: Observation {
  case answered(Duration)
  case slow(Duration)
  /// Nothing came before burnwatch stopped waiting.
  case silent(Duration)
  case failed(ConnectorError, hasAuth: Bool)
  /// The certificate has a fault, which is a finding of its own.
  case distrusted

  /// How long the smallest query may take before it is worth a word.
  static let slowLimit = Duration.seconds(1)

  var check: String { "answer" }

  var verdict: Verdict {
    switch self {
    case .answered(let latency):
      .ok("Answers a query in \(latency.milliseconds) ms.")
    case .slow(let latency):
      .warning(
        "The smallest query took \(Sentences.seconds(latency)).",
        "Look at the server's load and the way to it; real queries take longer.")
    case .silent(let limit):
      .error(
        "No answer within \(Sentences.seconds(limit)).",
        "Is the server up? Raise --wait if it is only slow.")
    case .distrusted:
      .error("No trusted connection, so nothing was asked.", "See the certificate.")
    case .failed(let error, let hasAuth): AnswerObservation.verdict(error, hasAuth: hasAuth)
    }
  }

  private static func verdict(_ error: ConnectorError, hasAuth: Bool) -> Verdict {
    let found = Sentences.sentence(error.message)
    return switch error {
    case .unreachable:
      .error(
        found,
        "Is the server running? Check host and port of the url, name resolution, VPN and firewall.")
    case .timedOut:
      .error(
        found,
        "Something may swallow the packets (VPN, firewall), or the server is overloaded. "
          + "Raise timeout if it is only slow.")
    case .untrusted: .error(found, "burnwatch sends nothing to a server it cannot trust.")
    case .status(401, _, _) where !hasAuth:
      .error(found, "The source has no auth. Add auth: {bearer: {env: VARIABLE}} or basic.")
    case .status(401, _, _), .status(403, _, _):
      .error(found, "Has the token expired? For Mimir and Cortex, is X-Scope-OrgID in headers?")
    case .status, .refused, .unreadable, .redirected:
      .error(
        found,
        "Open the url in a browser or with curl: it must lead to Prometheus's API, prefix included."
      )
    case .secret, .unusableAddress, .answerTooLarge, .leftAlone, .cancelled:
      .error(found, "Correct the source in the configuration.")
    }
  }
}

/// The certificate that a server shows.
enum CertificateObservation: Observation {
  case faulty(ServerCertificate.Fault, host: String)
  case valid(until: Timestamp)
  case expiresSoon(Timestamp, left: Duration)

  /// How early the end of a certificate is worth a word.
  static let notice = Duration.seconds(14 * 86_400)

  var check: String { "certificate" }

  var verdict: Verdict {
    switch self {
    case .valid(let end): .ok("The certificate is valid until \(end.dateAndTime) UTC.")
    case .expiresSoon(let end, let left):
      .warning(
        "The certificate expires in \(Sentences.seconds(left)), on \(end.dateAndTime) UTC.",
        "Renew it on the server.")
    case .faulty(.expired(let end), _):
      .error("The certificate expired on \(end.dateAndTime) UTC.", "Renew it on the server.")
    case .faulty(.notYetValid(let begin), _):
      .error(
        "The certificate is valid only from \(begin.dateAndTime) UTC on.",
        "Is this machine's clock right?")
    case .faulty(.otherNames(let names), let host):
      .error(
        "The certificate is for \(names.isEmpty ? "no name" : Sentences.list(names)), "
          + "not for \(host).", "Ask by a name that is in it, or set tls.serverName to one.")
    }
  }
}

/// What kind of server answers.
struct ServerObservation: Observation {
  let profile: ServerProfile

  var check: String { "server" }

  var verdict: Verdict {
    let name = profile.kind.rawValue
    return .ok(profile.version.map { "\(name) \($0)." } ?? Sentences.sentence(name))
  }
}

/// How long a server keeps data, beside the longest window that is asked of it.
enum RetentionObservation: Observation {
  case enough(Retention, longest: Window)
  case tooShort(Retention, longest: Window, slos: [String])
  case bySize(Retention)
  case unneeded(Retention)
  case untold(ServerKind)

  var check: String { "retention" }

  var verdict: Verdict {
    switch self {
    case .enough(let retention, let longest):
      .ok("Keeps data for \(retention.text); the longest window is \(longest).")
    case .tooShort(let retention, let longest, let slos):
      .warning(
        "Keeps data for \(retention.text), and the window of \(Sentences.list(slos)) is \(longest): "
          + "its figures cover only a part.",
        "Keep data longer (Prometheus: --storage.tsdb.retention.time=\(longest)), "
          + "shorten the window, or ask a long-term store.")
    case .bySize(let retention):
      .ok("Keeps data up to a size of \(retention.text), which says nothing of time.")
    case .unneeded(let retention): .ok("Keeps data for \(retention.text).")
    case .untold(let kind):
      .skipped(
        kind == .unknown
          ? "The server does not say how long it keeps data."
          : "\(kind.rawValue) does not say here how long it keeps data.")
    }
  }
}
