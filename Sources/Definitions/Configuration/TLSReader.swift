import Reliability

/// Reads the `tls` section of a source.
struct TLSReader {
  private enum Key: String, SectionKey {
    case caFile, certFile, keyFile, serverName, insecureSkipVerify
  }

  let home: String?

  func read(_ value: Value) -> SourceSettings.TLS? {
    guard let section = Section<Key>(value) else { return nil }
    if let lone = section[.certFile], section[.keyFile] == nil {
      lone.report(.source(.loneCertificateKey("certFile", missing: "keyFile")))
    }
    if let lone = section[.keyFile], section[.certFile] == nil {
      lone.report(.source(.loneCertificateKey("keyFile", missing: "certFile")))
    }
    let skipsVerification = section[.insecureSkipVerify]?.boolean() ?? false
    if skipsVerification { section[.insecureSkipVerify]?.report(.source(.insecureTLS)) }
    return SourceSettings.TLS(
      caFile: path(section[.caFile]), certificateFile: path(section[.certFile]),
      keyFile: path(section[.keyFile]), serverName: section[.serverName]?.text(),
      skipsVerification: skipsVerification)
  }

  private func path(_ value: Value?) -> String? {
    value.flatMap { value in
      value.text().map { FilePath.resolve($0, in: value.place.file, home: home) }
    }
  }
}
