/// The proxy a source is reached through, as the environment says.
package struct ProxySettings: Hashable, Sendable {
  /// The protocol spoken with the proxy.
  package enum Kind: Hashable, Sendable {
    /// HTTP with `CONNECT` (RFC 9110, 9.3.6), or SOCKS version 5 (RFC 1928).
    case http, socks5
  }

  /// What kind of proxy it is.
  package let kind: Kind
  /// The proxy's host; an IPv6 address without its brackets.
  package let host: String
  /// The proxy's port, 80 or 1080 by kind where the variable has none.
  package let port: Int
  /// The user name from the variable, decoded; SOCKS proxies are never sent one.
  package let username: String?
  /// The password from the variable, decoded.
  package let password: String?

  /// Finds the proxy for an address in the environment.
  ///
  /// `HTTPS_PROXY` or `HTTP_PROXY` by scheme, not for hosts in `NO_PROXY`, each in upper or lower
  /// case; both kinds of requests go through the proxy by `CONNECT`. Loopback is never reached
  /// through a proxy.
  ///
  /// - Throws: `ConnectorError.unusableAddress` when the variable holds no proxy's URL.
  package static func proxy(
    for address: SourceAddress, environment: [String: String]
  ) throws(ConnectorError) -> ProxySettings? {
    let name = address.isSecure ? "HTTPS_PROXY" : "HTTP_PROXY"
    let text = environment[name] ?? environment[name.lowercased()] ?? ""
    let exceptions = environment["NO_PROXY"] ?? environment["no_proxy"] ?? ""
    guard !text.isEmpty, !isLoopback(address.host), !isExcepted(address, by: exceptions) else {
      return nil
    }
    return try ProxySettings(text, variable: name)
  }

  private init(_ text: String, variable: String) throws(ConnectorError) {
    let parts = text.split(separator: "://", maxSplits: 1)
    let rest = parts.last ?? ""
    switch parts.count == 2 ? parts[0].lowercased() : "http" {
    case "http": kind = .http
    case "socks5", "socks5h": kind = .socks5
    case let scheme:
      throw .unusableAddress(
        "\(scheme)://…", reason: "\(variable) must name an http or socks5 proxy")
    }
    let authority = rest.prefix { $0 != "/" }
    let pieces = authority.split(separator: "@", omittingEmptySubsequences: false)
    let base = try SourceAddress("http://\(pieces.last ?? "")")
    host = base.host
    port = base.authority.hasSuffix(":\(base.port)") ? base.port : kind == .socks5 ? 1080 : 80
    let credentials = pieces.dropLast().joined(separator: "@")
    let username = credentials.prefix { $0 != ":" }
    self.username = credentials.isEmpty ? nil : PercentEncoding.decoded(username)
    password =
      credentials.isEmpty ? nil : PercentEncoding.decoded(credentials.dropFirst(username.count + 1))
  }

  private static func isLoopback(_ host: String) -> Bool {
    host.lowercased() == "localhost" || host.hasPrefix("127.") || host == "::1"
  }

  /// Entries are `*`, a host or domain with all below it (a leading dot changes nothing), or either
  /// with a port.
  private static func isExcepted(_ address: SourceAddress, by list: String) -> Bool {
    let host = address.host.lowercased()
    return list.split { $0 == "," || $0 == " " }.contains { entry in
      var name = entry.lowercased()
      if name == "*" { return true }
      if let colon = name.lastIndex(of: ":"), let port = Int(name[colon...].dropFirst()),
        name.filter({ $0 == ":" }).count == 1
      {
        guard port == address.port else { return false }
        name = String(name[..<colon])
      }
      let domain = name.drop { $0 == "." || $0 == "*" }
      return host == domain || host.hasSuffix(".\(domain)")
    }
  }
}

/// Percent-encoded text of URLs.
enum PercentEncoding {
  /// Decodes `%XX`; anything else stays.
  static func decoded(_ text: some StringProtocol) -> String {
    var bytes: [UInt8] = []
    var rest = Array(text.utf8)[...]
    while let byte = rest.popFirst() {
      if byte == UInt8(ascii: "%"), rest.count >= 2,
        let value = UInt8(String(decoding: rest.prefix(2), as: UTF8.self), radix: 16)
      {
        bytes.append(value)
        rest.removeFirst(2)
      } else {
        bytes.append(byte)
      }
    }
    return String(decoding: bytes, as: UTF8.self)
  }
}
