internal import NIOSSL

/// The certificate that a server shows, as files.
package struct ServerIdentity: Sendable {
  let certificateFile: String
  let keyFile: String
  /// The authority of the clients that are let in; anyone is without one.
  let clientAuthorityFile: String?

  var context: NIOSSLContext {
    get throws {
      let chain = try NIOSSLCertificate.fromPEMFile(certificateFile)
      let key = try NIOSSLPrivateKey(file: keyFile, format: .pem)
      var configuration = TLSConfiguration.makeServerConfiguration(
        certificateChain: chain.map { .certificate($0) }, privateKey: .privateKey(key))
      if let clientAuthorityFile {
        configuration.certificateVerification = .noHostnameVerification
        configuration.trustRoots = .certificates(
          try NIOSSLCertificate.fromPEMFile(clientAuthorityFile))
      }
      return try NIOSSLContext(configuration: configuration)
    }
  }
}

/// A CA, a server's and a client's certificate, made by the openssl program for one test.
package struct TestCertificates: Sendable {
  private let directory: String

  /// The authority that signed all of them.
  package var caFile: String { "\(directory)/ca.pem" }
  /// The client's certificate.
  package var clientFile: String { "\(directory)/client.pem" }
  /// The client's key.
  package var clientKeyFile: String { "\(directory)/client.key" }

  /// Makes the files; `serverName` is the only name in the server's certificate.
  package static func make(serverName: String) async throws -> TestCertificates {
    let files = TestCertificates(directory: try ServerProcess.makeDirectory())
    try await files.openssl(
      "req -x509 -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -days 2 -subj /CN=test-ca "
        + "-keyout ca.key -out ca.pem")
    try await files.issue("server", "subjectAltName=DNS:\(serverName)")
    try await files.issue("client", "extendedKeyUsage=clientAuth")
    return files
  }

  /// Removes the files.
  package func remove() { ServerProcess.removeDirectory(directory) }

  /// The server's certificate; with `wantsClient` only clients of the same CA get in.
  package func identity(wantsClient: Bool = false) -> ServerIdentity {
    identity("server", wantsClient: wantsClient)
  }

  /// A further certificate of the same CA.
  ///
  /// - Parameters:
  ///   - serverName: The only name in it.
  ///   - days: How long it is valid; one that is negative has expired.
  /// - Returns: The certificate as files, which are removed with the others.
  /// - Throws: `ServerProcess.Failure` with what openssl says.
  package func identity(serverName: String, days: Int = 2) async throws -> ServerIdentity {
    let name = "server-\(serverName)-\(days)"
    try await issue(name, "subjectAltName=DNS:\(serverName)", days: days)
    return identity(name, wantsClient: false)
  }

  private func identity(_ name: String, wantsClient: Bool) -> ServerIdentity {
    ServerIdentity(
      certificateFile: "\(directory)/\(name).pem", keyFile: "\(directory)/\(name).key",
      clientAuthorityFile: wantsClient ? caFile : nil)
  }

  private func issue(_ name: String, _ extensions: String, days: Int = 2) async throws {
    try await openssl(
      "req -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -subj /CN=\(name) "
        + "-keyout \(name).key -out \(name).csr")
    try ServerProcess.write("\(extensions)\n", to: "\(directory)/\(name).ext")
    try await openssl(
      "x509 -req -in \(name).csr -CA ca.pem -CAkey ca.key -CAcreateserial -days \(days) "
        + "-extfile \(name).ext -out \(name).pem")
  }

  private func openssl(_ arguments: String) async throws {
    try await ServerProcess.run(
      "openssl", arguments.split(separator: " ").map(String.init), in: directory)
  }
}
