internal import NIOSSL
internal import Reliability

extension TLSConfiguration {
  /// A client's configuration: TLS 1.2 at least, a source's own CA instead of the system's where it
  /// names one, and its certificate where the server asks for one.
  static func client(
    _ settings: SourceSettings.TLS
  ) throws(ConnectorError) -> TLSConfiguration {
    var configuration = TLSConfiguration.makeClientConfiguration()
    configuration.minimumTLSVersion = .tlsv12
    if settings.skipsVerification { configuration.certificateVerification = .none }
    if let path = settings.caFile {
      configuration.trustRoots = .certificates(try certificates(path))
    }
    guard let path = settings.certificateFile else { return configuration }
    configuration.certificateChain = try certificates(path).map { .certificate($0) }
    configuration.privateKey = .privateKey(try key(settings.keyFile ?? path))
    return configuration
  }

  private static func certificates(_ path: String) throws(ConnectorError) -> [NIOSSLCertificate] {
    do {
      return try NIOSSLCertificate.fromPEMFile(path)
    } catch {
      throw .untrusted(reason: "the certificate file \(Excerpt(path)) holds no readable PEM")
    }
  }

  private static func key(_ path: String) throws(ConnectorError) -> NIOSSLPrivateKey {
    do {
      return try NIOSSLPrivateKey(file: path, format: .pem)
    } catch {
      throw .untrusted(reason: "the key file \(Excerpt(path)) holds no readable PEM key")
    }
  }
}
