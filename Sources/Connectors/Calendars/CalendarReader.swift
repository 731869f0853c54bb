internal import Foundation
package import Reliability

/// Reads a calendar from a file or from behind an address, whole and within limits.
package struct CalendarReader: ShiftSource {
  /// The largest calendar that is read, in bytes; feeds of on-call schedules are far below.
  package static let limit = 10 << 20
  private static let timeout = Duration.seconds(20)

  /// The name by which its shifts are known.
  package let name: String
  private let place: CalendarSettings.Place
  private let secrets: SecretResolver
  private let environment: [String: String]

  /// Makes a reader; nothing is read yet.
  ///
  /// - Parameters:
  ///   - settings: What the configuration says of the calendar.
  ///   - secrets: Where addresses with a token come from.
  ///   - environment: The process's environment, for proxies.
  package init(
    _ settings: CalendarSettings, secrets: SecretResolver, environment: [String: String]
  ) {
    name = settings.name
    place = settings.place
    self.secrets = secrets
    self.environment = environment
  }

  /// Reads the file, or asks the address once.
  package func look(since version: CalendarVersion?) async -> CalendarLook {
    switch place {
    case .file(let path):
      return CalendarLook(CalendarReader.contents(of: path).map { .calendar($0, nil) })
    case .feed(let secret):
      do throws(SecretError) {
        return await fetch(try await secrets.value(of: secret), since: version)
      } catch {
        return CalendarLook(.failure(.unavailable(CalendarReader.words(error))))
      }
    case .pagerDuty(let shifts):
      let reason = "\(shifts.id) is asked of \(shifts.source), and is no calendar"
      return CalendarLook(.failure(.rejected(reason)))
    }
  }

  private static func contents(of path: String) -> Result<[UInt8], ReadingFailure> {
    do {
      let place = URL(fileURLWithPath: path).resolvingSymlinksInPath()
      guard FileManager.default.fileExists(atPath: place.path) else {
        return .failure(.unavailable("\(path) is not there"))
      }
      // A pipe or a device may never end, and would hold the thread.
      let kind = try FileManager.default.attributesOfItem(atPath: place.path)[.type]
      guard kind as? FileAttributeType == .typeRegular else {
        return .failure(.rejected("\(path) is no regular file"))
      }
      let file = try FileHandle(forReadingFrom: place)
      defer { try? file.close() }
      let bytes = Array(try file.read(upToCount: limit + 1) ?? Data())
      guard bytes.count <= limit else {
        return .failure(.rejected("\(path) has more than \(limit >> 20) MiB"))
      }
      return .success(bytes)
    } catch {
      return .failure(.unavailable("\(path) cannot be read: \(error.localizedDescription)"))
    }
  }

  /// Why there is no answer, without the advice that is meant for sources.
  private static func words(_ error: ConnectorError) -> String {
    guard case .answerTooLarge(let limit) = error else { return error.message }
    return "it sends more than \(limit >> 20) MiB, the most that is read"
  }

  /// Why its address is not known, without the advice that is meant for sources.
  private static func words(_ error: SecretError) -> String {
    switch error {
    case .unsetVariable(let name): "the variable \(name) of its address is not set"
    case .unreadableFile, .failedCommand, .empty, .unsuitable: error.message
    }
  }

  /// Asks once; the address may be a secret, so no message has more of it than its host.
  private func fetch(_ written: String, since version: CalendarVersion?) async -> CalendarLook {
    // The address under which calendar programs subscribe.
    let address = written.hasPrefix("webcal://") ? "https" + written.dropFirst(6) : written
    let ledger = TrafficLedger()
    let content: Result<CalendarLook.Content, ReadingFailure>
    do throws(ConnectorError) {
      let settings = SourceSettings(
        name: name, kind: .prometheus, urls: [CalendarReader.origin(of: address)],
        timeout: CalendarReader.timeout,
        limits: SourceSettings.Limits(responseBytes: CalendarReader.limit))
      let transport = try ClientTransport(settings: settings, environment: environment)
      content = await Self.exchange(
        Self.request(address, version), isConditional: version != nil, over: transport, ledger)
      await transport.close()
    } catch {
      content = .failure(.unavailable(error.message))
    }
    return CalendarLook(content, traffic: ledger.traffic, latencies: ledger.latencies)
  }

  private static func request(_ address: String, _ version: CalendarVersion?) -> HTTPRequest {
    let conditions = [
      version?.tag.map { HTTPField("If-None-Match", $0) },
      version?.modified.map { HTTPField("If-Modified-Since", $0) },
    ]
    return HTTPRequest(
      method: "GET", url: address,
      headers: [
        HTTPField("Accept", "text/calendar"), HTTPField("Accept-Encoding", "gzip"),
      ] + conditions.compactMap(\.self), body: [], timeout: timeout, answerLimit: limit)
  }

  private static func exchange(
    _ request: HTTPRequest, isConditional: Bool, over transport: ClientTransport,
    _ ledger: TrafficLedger
  ) async -> Result<CalendarLook.Content, ReadingFailure> {
    let sent = ContinuousClock.now
    ledger.recordRequest()
    do throws(ConnectorError) {
      let answer = try await transport.exchange(request)
      ledger.recordAnswer(
        bytes: answer.body.count, latency: (ContinuousClock.now - sent).inSeconds)
      if answer.status == 304, isConditional { return .success(.unchanged) }
      guard (200..<300).contains(answer.status) else {
        return .failure(.unavailable("it answers with HTTP \(answer.status)"))
      }
      let version = CalendarVersion(
        tag: answer.field("ETag"), modified: answer.field("Last-Modified"))
      return .success(.calendar(answer.body, version))
    } catch {
      return .failure(.unavailable(words(error)))
    }
  }

  /// Scheme and host of an address, without its path, which may be a token.
  private static func origin(of address: String) -> String {
    guard let scheme = address.firstRange(of: "://") else { return address }
    let host = address[scheme.upperBound...].prefix { $0 != "/" && $0 != "?" && $0 != "#" }
    return String(address[..<scheme.upperBound] + host)
  }
}
