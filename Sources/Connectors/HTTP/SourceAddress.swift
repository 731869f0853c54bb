/// A source's base URL in its parts.
package struct SourceAddress: Hashable, Sendable {
  /// Whether the scheme is `https`.
  package let isSecure: Bool
  /// The host as written; an IPv6 address without its brackets.
  package let host: String
  /// The port, 80 or 443 by scheme where the URL has none.
  package let port: Int
  /// The path without a final slash: empty, or `/prometheus`.
  package let path: String
  /// Whether the URL carried a user name or password, which are never sent nor shown.
  package let hadCredentials: Bool

  /// Reads an `http` or `https` URL.
  ///
  /// - Throws: `ConnectorError.unusableAddress`, its text without credentials.
  package init(_ text: String) throws(ConnectorError) {
    let parts = text.split(separator: "://", maxSplits: 1, omittingEmptySubsequences: false)
    guard parts.count == 2 else {
      throw .unusableAddress(text, reason: "it does not begin with http:// or https://")
    }
    switch parts[0].lowercased() {
    case "http": isSecure = false
    case "https": isSecure = true
    case let scheme:
      throw .unusableAddress("\(scheme)://…", reason: "only http and https are supported")
    }
    let rest = parts[1].prefix { $0 != "?" && $0 != "#" }
    let authority = rest.prefix { $0 != "/" }
    let hostAndPort = authority.split(separator: "@", omittingEmptySubsequences: false).last ?? ""
    hadCredentials = authority.contains("@")
    guard let (host, port) = SourceAddress.hostAndPort(hostAndPort) else {
      throw .unusableAddress("\(parts[0])://\(hostAndPort)", reason: "it names no host and port")
    }
    self.host = host
    self.port = port ?? (isSecure ? 443 : 80)
    var path = String(rest.dropFirst(authority.count))
    while path.hasSuffix("/") { path.removeLast() }
    self.path = path
  }

  /// The URL of a path below the base path.
  package func url(_ subpath: String) -> String { "\(description)\(subpath)" }

  /// A URL below this address, with another host in the place of its own.
  package func moving(_ url: String, toHost host: String) -> String {
    guard url.hasPrefix(description) else { return url }
    return "\(SourceAddress(self, host: host))\(url.dropFirst(description.count))"
  }

  /// `host:port` as a `Host` header says it, without the scheme's own port.
  package var authority: String {
    let name = host.contains(":") ? "[\(host)]" : host
    return port == (isSecure ? 443 : 80) ? name : "\(name):\(port)"
  }

  private init(_ other: SourceAddress, host: String) {
    isSecure = other.isSecure
    self.host = host
    port = other.port
    path = other.path
    hadCredentials = other.hadCredentials
  }

  private static func hostAndPort(_ text: Substring) -> (String, Int?)? {
    let host: Substring
    let rest: Substring
    if text.first == "[" {
      host = text.dropFirst().prefix { $0 != "]" }
      rest = text.dropFirst(host.count + 2)
    } else {
      host = text.prefix { $0 != ":" }
      rest = text.dropFirst(host.count)
    }
    guard !host.isEmpty, host.allSatisfy({ !$0.isWhitespace }) else { return nil }
    if rest.isEmpty { return (String(host), nil) }
    guard rest.first == ":", let port = Int(rest.dropFirst()), (1...65_535).contains(port) else {
      return nil
    }
    return (String(host), port)
  }
}

extension SourceAddress: CustomStringConvertible {
  /// The base URL without credentials, query or fragment.
  package var description: String {
    "\(isSecure ? "https" : "http")://\(authority)\(path)"
  }
}
