import Foundation

extension Value {
  /// The URL of a source: http or https, without credentials or parameters.
  ///
  /// No message repeats the user information of a URL.
  func sourceURL() -> String? {
    guard let text = text() else { return nil }
    guard text.contains("://") else {
      report(.source(text.contains("@") ? .notAURLButSecret : .urlWithoutScheme(text)))
      return nil
    }
    guard let parts = URLComponents(string: text), let host = parts.host, !host.isEmpty else {
      report(.source(text.contains("@") ? .notAURLButSecret : .notAURL(text)))
      return nil
    }
    guard parts.user == nil, parts.password == nil else {
      report(.source(.credentialsInURL(host: host)))
      return nil
    }
    guard let scheme = parts.scheme?.lowercased(), ["http", "https"].contains(scheme) else {
      report(.source(.urlScheme(parts.scheme ?? "")))
      return nil
    }
    guard parts.query == nil, parts.fragment == nil else {
      report(.source(.parametersInURL))
      return nil
    }
    return text
  }
}
