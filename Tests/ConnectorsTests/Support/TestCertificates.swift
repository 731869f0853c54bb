import NIOSSL
import TestSupport

/// A CA, a server's and a client's certificate, made by the openssl program for one test.
struct TestCertificates {
  let directory: String

  var caFile: String { "\(directory)/ca.pem" }
  var clientFile: String { "\(directory)/client.pem" }
  var clientKeyFile: String { "\(directory)/client.key" }

  /// Makes the files; `serverName` is the only name in the server's certificate.
  static func make(serverName: String) async throws -> TestCertificates {
    let files = TestCertificates(directory: try ServerProcess.makeDirectory())
    try await files.openssl(
      "req -x509 -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -days 2 -subj /CN=test-ca "
        + "-keyout ca.key -out ca.pem")
    try await files.issue("server", "subjectAltName=DNS:\(serverName)")
    try await files.issue("client", "extendedKeyUsage=clientAuth")
    return files
  }

  func remove() { ServerProcess.removeDirectory(directory) }

  private func issue(_ name: String, _ extensions: String) async throws {
    try await openssl(
      "req -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -subj /CN=\(name) "
        + "-keyout \(name).key -out \(name).csr")
    try ServerProcess.write("\(extensions)\n", to: "\(directory)/\(name).ext")
    try await openssl(
      "x509 -req -in \(name).csr -CA ca.pem -CAkey ca.key -CAcreateserial -days 2 "
        + "-extfile \(name).ext -out \(name).pem")
  }

  private func openssl(_ arguments: String) async throws {
    try await ServerProcess.run(
      "openssl", arguments.split(separator: " ").map(String.init), in: directory)
  }

  /// The server's side; with `wantsClient` only clients of the same CA get in.
  func serverConfiguration(wantsClient: Bool) throws -> TLSConfiguration {
    let chain = try NIOSSLCertificate.fromPEMFile("\(directory)/server.pem")
    let key = try NIOSSLPrivateKey(file: "\(directory)/server.key", format: .pem)
    var configuration = TLSConfiguration.makeServerConfiguration(
      certificateChain: chain.map { .certificate($0) }, privateKey: .privateKey(key))
    guard wantsClient else { return configuration }
    configuration.certificateVerification = .noHostnameVerification
    configuration.trustRoots = .certificates(try NIOSSLCertificate.fromPEMFile(caFile))
    return configuration
  }
}
