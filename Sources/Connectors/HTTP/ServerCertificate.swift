internal import NIOCore
internal import NIOPosix
internal import NIOSSL
package import Reliability

/// What a server's certificate says of itself, read without trusting it.
package struct ServerCertificate: Hashable, Sendable {
  /// The DNS names it is for.
  package let names: [String]
  /// When it becomes valid.
  package let notBefore: Timestamp
  /// When it stops being valid.
  package let notAfter: Timestamp

  /// Makes a certificate.
  package init(names: [String], notBefore: Timestamp, notAfter: Timestamp) {
    self.names = names
    self.notBefore = notBefore
    self.notAfter = notAfter
  }

  /// What is wrong with a certificate, whoever signed it.
  package enum Fault: Hashable, Sendable {
    /// Its time is over, or has not begun.
    case expired(Timestamp)
    case notYetValid(Timestamp)
    /// It is for these names, and not for the one that was asked.
    case otherNames([String])
  }

  /// The first fault there is; `nil` when only its signature can be what is wrong.
  package func fault(for host: String, at now: Timestamp) -> Fault? {
    if now > notAfter { return .expired(notAfter) }
    if now < notBefore { return .notYetValid(notBefore) }
    let isAddress = host.contains(":") || host.allSatisfy { $0 == "." || $0.isNumber }
    guard !isAddress, !names.contains(where: { ServerCertificate.covers($0, host) }) else {
      return nil
    }
    return .otherNames(names)
  }

  /// A `*` stands for one whole first label (RFC 6125, 6.4.3).
  private static func covers(_ pattern: String, _ host: String) -> Bool {
    let (pattern, host) = (pattern.lowercased(), host.lowercased())
    guard pattern.hasPrefix("*.") else { return pattern == host }
    return host.firstIndex(of: ".").map { host[$0...] == pattern.dropFirst() } ?? false
  }
}

extension ServerCertificate {
  /// Shakes hands with a source's server as far as its certificate, and leaves.
  ///
  /// - Returns: `nil` when the server shows none within the source's time-out.
  package static func shown(by settings: SourceSettings) async -> ServerCertificate? {
    guard let address = try? SourceAddress(settings.urls.first ?? ""), address.isSecure,
      let context = try? NIOSSLContext(configuration: .makeClientConfiguration())
    else { return nil }
    let name = settings.tls.serverName ?? address.host
    // An address is never sent as a name (RFC 6066, section 3).
    let isAddress = (try? SocketAddress(ipAddress: name, port: 443)) != nil
    let loop = MultiThreadedEventLoopGroup.singleton.next()
    let shown = loop.makePromise(of: ServerCertificate?.self)
    let limit = TimeAmount.milliseconds(max(settings.timeout.milliseconds, 1))
    let connection = ClientBootstrap(group: loop)
      .connectTimeout(limit)
      .channelInitializer { channel in
        channel.closeFuture.whenComplete { _ in shown.succeed(nil) }
        return channel.eventLoop.makeCompletedFuture {
          let handler = try NIOSSLClientHandler(
            context: context, serverHostname: isAddress ? nil : name,
            customVerificationCallback: { chain, verdict in
              shown.succeed(chain.first.map(ServerCertificate.init))
              verdict.succeed(.failed)
            })
          try channel.pipeline.syncOperations.addHandler(handler)
        }
      }
      .connect(host: address.host, port: address.port)
    connection.whenFailure { _ in shown.succeed(nil) }
    let end = loop.scheduleTask(in: limit) { shown.succeed(nil) }
    let certificate = try? await shown.futureResult.get()
    end.cancel()
    connection.whenSuccess { $0.close(promise: nil) }
    return certificate ?? nil
  }

  private init(_ certificate: NIOSSLCertificate) {
    let names = certificate._subjectAlternativeNames().filter { $0.nameType == .dnsName }
    self.init(
      names: names.map { String(decoding: $0.contents, as: UTF8.self) },
      notBefore: Timestamp(milliseconds: Int64(certificate.notValidBefore) * 1000),
      notAfter: Timestamp(milliseconds: Int64(certificate.notValidAfter) * 1000))
  }
}
