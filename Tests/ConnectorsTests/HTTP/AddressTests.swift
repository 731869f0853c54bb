import Connectors
import Reliability
import Testing

@Suite("Addresses, proxies and forms")
struct AddressTests {
  @Test(
    "A base URL keeps its path and loses credentials, query and final slash",
    arguments: [
      ("http://h:9090", "http://h:9090"), ("https://h/prometheus/", "https://h/prometheus"),
      ("https://u:p@h:443/a/b?x=1#y", "https://h/a/b"), ("http://[::1]:9090/", "http://[::1]:9090"),
      ("HTTP://h", "http://h"),
    ])
  func baseURL(text: String, base: String) throws {
    let address = try SourceAddress(text)
    #expect(address.url("/api/v1/query") == "\(base)/api/v1/query")
  }

  @Test(
    "What is no http URL is refused with the reason and without credentials",
    arguments: [
      ("h:9090", "the url \"h:9090\" cannot be asked: it does not begin with http:// or https://"),
      ("ftp://u:p@h", "the url \"ftp://…\" cannot be asked: only http and https are supported"),
      ("http://u:p@:9", "the url \"http://:9\" cannot be asked: it names no host and port"),
      ("http://h:99999", "the url \"http://h:99999\" cannot be asked: it names no host and port"),
    ])
  func unusable(text: String, message: String) {
    do throws(ConnectorError) {
      _ = try SourceAddress(text)
      Issue.record("\(text) was accepted")
    } catch {
      #expect(error.message == message)
    }
  }

  @Test(
    "Another host takes the place of the host only, also where the scheme is spelled like it",
    arguments: [
      ("https://s", "https://prom.internal/api/v1/query"),
      ("https://http:9090", "https://prom.internal:9090/api/v1/query"),
      ("https://h/https://h", "https://prom.internal/https://h/api/v1/query"),
      ("https://[::1]:9090/p/", "https://prom.internal:9090/p/api/v1/query"),
    ])
  func otherHost(text: String, moved: String) throws {
    let address = try SourceAddress(text)
    #expect(address.moving(address.url("/api/v1/query"), toHost: "prom.internal") == moved)
  }

  @Test("An error that is put into a text is put there in words")
  func errorsAreWords() {
    #expect("\(ConnectorError.timedOut(.milliseconds(500)))" == "no answer within 0.5 s")
    #expect("\(SecretError.empty(place: "the file"))" == "the secret from the file is empty")
  }

  @Test("Forms encode everything but unreserved characters")
  func forms() {
    let body = FormEncoding.body([("query", "a+b{c=~\"5..\"} ü"), ("x", "~-._")])
    #expect(
      String(decoding: body, as: UTF8.self)
        == "query=a%2Bb%7Bc%3D~%225..%22%7D%20%C3%BC&x=~-._")
  }

  @Test(
    "The environment's proxy is used by scheme, not for exceptions",
    arguments: [
      ("http://prom.example.com", "web:3128"), ("https://prom.example.com", "secure:8080"),
      ("https://prom.corp.example", nil), ("https://corp.example", nil),
      ("https://notcorp.example", "secure:8080"), ("http://one.example:9090", nil),
      ("http://one.example:9091", "web:3128"), ("http://127.0.0.1:9090", nil),
      ("http://localhost", nil), ("http://[::1]", nil),
    ] as [(String, String?)])
  func proxies(url: String, expected: String?) throws {
    let environment = [
      "http_proxy": "http://web:3128", "HTTPS_PROXY": "secure:8080",
      "NO_PROXY": ".corp.example, one.example:9090",
    ]
    let proxy = try ProxySettings.proxy(for: SourceAddress(url), environment: environment)
    #expect(proxy.map { "\($0.host):\($0.port)" } == expected)
  }

  @Test("A proxy's credentials are decoded, and a star excepts everything")
  func proxyDetails() throws {
    let address = try SourceAddress("https://h.example")
    let proxy = try ProxySettings.proxy(
      for: address, environment: ["HTTPS_PROXY": "socks5://ines:a%40b@p"])
    #expect(proxy?.kind == .socks5)
    #expect(proxy?.port == 1080)
    #expect(proxy?.username == "ines")
    #expect(proxy?.password == "a@b")
    let none = try ProxySettings.proxy(
      for: address, environment: ["HTTPS_PROXY": "http://p", "NO_PROXY": "*"])
    #expect(none == nil)
  }
}
