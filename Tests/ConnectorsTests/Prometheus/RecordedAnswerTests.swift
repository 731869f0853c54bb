import Connectors
import Foundation
import Reliability
import Testing

/// Answers recorded from servers, where their directory is given in `BURNWATCH_CONTRACTS`.
@Suite("Recorded answers", .enabled(if: Recordings.directory != nil))
struct RecordedAnswerTests {
  private func cases(_ path: String, _ key: String?) throws -> [[String: Any]] {
    let file = URL(fileURLWithPath: "\(Recordings.directory ?? "")/golden/\(path)")
    let document = try JSONSerialization.jsonObject(with: Data(contentsOf: file))
    guard let key else { return try #require(document as? [[String: Any]]) }
    return try #require((document as? [String: Any])?[key] as? [[String: Any]])
  }

  private func answer(_ record: [String: Any]) throws -> HTTPAnswer {
    let body: Data
    switch record["raw"] ?? record["body"] {
    case let text as String: body = Data(text.utf8)
    case let document?: body = try JSONSerialization.data(withJSONObject: document)
    case nil: body = Data()
    }
    return HTTPAnswer(status: record["http"] as? Int ?? 0, body: Array(body))
  }

  @Test(
    "Every recorded query is read, or refused with its own status",
    arguments: [
      ("prometheus-responses/cases.json", nil), ("live-recorded/prometheus-2.42.json", "cases"),
      ("prometheus-responses/non_json_errors.json", nil),
    ] as [(String, String?)])
  func queries(path: String, key: String?) throws {
    for record in try cases(path, key) {
      let isQuery = (record["path"] as? String)?.hasPrefix("/api/v1/query") ?? true
      guard isQuery else { continue }
      let answer = try answer(record)
      let name = record["name"] as? String ?? ""
      do throws(ConnectorError) {
        _ = try PrometheusAnswer(answer)
        #expect(answer.status == 200, "\(name)")
      } catch {
        switch error {
        case .refused(let refusal): #expect(refusal.status == answer.status, "\(name)")
        case .status(let status, _, _): #expect(status == answer.status, "\(name)")
        default: Issue.record("\(name): \(error.message)")
        }
      }
    }
  }
}

private enum Recordings {
  static let directory = ProcessInfo.processInfo.environment["BURNWATCH_CONTRACTS"]
}
