internal import Reliability

/// What proves who asks: the header fields of one request, with the secrets that are in them.
struct Credentials: Sendable {
  /// A secret with the value that went into a request.
  private struct Used: Sendable {
    let secret: Secret
    let value: String
    /// What was sent in place of the value, where that is not the value itself.
    var encoded: String?

    /// The texts that give the secret away; a server may drop the padding of Base64.
    var spellings: [String] {
      [value] + (encoded.map { [$0, String($0.prefix { $0 != "=" })] } ?? [])
    }
  }

  /// The source's own headers and the field `Authorization`.
  private(set) var fields: [HTTPField] = []
  private var used: [Used] = []

  /// Whether no secret is in the request.
  var isEmpty: Bool { used.isEmpty }

  /// Reads the secrets of a source's settings.
  ///
  /// - Throws: `ConnectorError.secret`, which names the place.
  init(
    of settings: SourceSettings, from secrets: SecretResolver
  ) async throws(ConnectorError) {
    do throws(SecretError) {
      for header in settings.headers {
        let value = try await secrets.value(of: header.value)
        fields.append(HTTPField(header.name, value))
        used.append(Used(secret: header.value, value: value))
      }
      switch settings.auth {
      case .none: break
      case .bearer(let secret):
        let value = try await secrets.value(of: secret)
        fields.append(HTTPField("Authorization", "Bearer \(value)"))
        used.append(Used(secret: secret, value: value))
      case .token(let secret):
        let value = try await secrets.value(of: secret)
        fields.append(HTTPField("Authorization", "Token token=\(value)"))
        used.append(Used(secret: secret, value: value))
      case .basic(let username, let secret):
        let value = try await secrets.value(of: secret)
        let encoded = Base64.text(Array("\(username):\(value)".utf8))
        fields.append(HTTPField("Authorization", "Basic \(encoded)"))
        used.append(Used(secret: secret, value: value, encoded: encoded))
      }
    } catch {
      throw .secret(error)
    }
  }

  /// Forgets the values, which the server refused.
  func forget(in secrets: SecretResolver) async {
    for credential in used {
      await secrets.forget(credential.secret, value: credential.value)
    }
  }

  /// An error without the secrets that a server may have echoed.
  func concealed(_ error: ConnectorError) -> ConnectorError {
    let spellings = used.flatMap(\.spellings).filter { $0.utf8.count >= 4 }
    func concealed(_ text: String) -> String {
      spellings.reduce(text) { $0.replacing($1, with: "…") }
    }
    switch error {
    case .status(let status, let text, let retryAfter):
      return .status(status, text: concealed(text), retryAfter: retryAfter)
    case .refused(let refusal):
      return .refused(
        Refusal(
          status: refusal.status, type: refusal.type, message: concealed(refusal.message)))
    case .unreadable(let reason, let api):
      return .unreadable(reason: concealed(reason), api: api)
    case .redirected(let status, let target):
      return .redirected(status: status, target: target.map(concealed))
    case .unusableAddress, .unreachable, .timedOut, .untrusted, .answerTooLarge, .secret,
      .leftAlone, .cancelled:
      return error
    }
  }
}
