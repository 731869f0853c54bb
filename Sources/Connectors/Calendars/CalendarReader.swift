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

  /// The calendar as its bytes.
  package func calendar() async -> Result<[UInt8], ReadingFailure> {
    switch place {
    case .file(let path): return CalendarReader.contents(of: path)
    case .feed(let secret):
      do throws(SecretError) {
        let address = try await secrets.value(of: secret)
        return await fetch(address)
      } catch {
        return .failure(.unavailable(CalendarReader.words(error)))
      }
    case .pagerDuty(let shifts):
      return .failure(.rejected("\(shifts.id) is asked of \(shifts.source), and is no calendar"))
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

  /// Why its address is not known, without the advice that is meant for sources.
  private static func words(_ error: SecretError) -> String {
    switch error {
    case .unsetVariable(let name): "the variable \(name) of its address is not set"
    case .unreadableFile, .failedCommand, .empty, .unsuitable: error.message
    }
  }

  /// Asks once; the address may be a secret, so no message has more of it than its host.
  private func fetch(_ written: String) async -> Result<[UInt8], ReadingFailure> {
    // The address under which calendar programs subscribe.
    let address = written.hasPrefix("webcal://") ? "https" + written.dropFirst(6) : written
    do throws(ConnectorError) {
      let settings = SourceSettings(
        name: name, kind: .prometheus, urls: [CalendarReader.origin(of: address)],
        timeout: CalendarReader.timeout,
        limits: SourceSettings.Limits(responseBytes: CalendarReader.limit))
      let transport = try ClientTransport(settings: settings, environment: environment)
      let answer = await Self.exchange(address, over: transport)
      await transport.close()
      return answer
    } catch {
      return .failure(.unavailable(error.message))
    }
  }

  private static func exchange(
    _ address: String, over transport: ClientTransport
  ) async -> Result<[UInt8], ReadingFailure> {
    let request = HTTPRequest(
      method: "GET", url: address,
      headers: [
        HTTPField("Accept", "text/calendar"), HTTPField("Accept-Encoding", "gzip"),
      ], body: [], timeout: timeout, answerLimit: limit)
    do throws(ConnectorError) {
      let answer = try await transport.exchange(request)
      guard (200..<300).contains(answer.status) else {
        return .failure(.unavailable("it answers with HTTP \(answer.status)"))
      }
      return .success(answer.body)
    } catch {
      return .failure(.unavailable(error.message))
    }
  }

  /// Scheme and host of an address, without its path, which may be a token.
  private static func origin(of address: String) -> String {
    guard let scheme = address.firstRange(of: "://") else { return address }
    let host = address[scheme.upperBound...].prefix { $0 != "/" && $0 != "?" && $0 != "#" }
    return String(address[..<scheme.upperBound] + host)
  }
}
