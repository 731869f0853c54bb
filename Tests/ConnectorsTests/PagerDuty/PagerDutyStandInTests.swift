import Connectors
import Reliability
import TestSupport
import Testing

/// The stand-in is as strict as the API is known to be, or the other tests would show nothing.
@Suite("PagerDuty: the stand-in")
struct PagerDutyStandInTests {
  private typealias Rig = PagerDutyRig

  private struct Call: Sendable, CustomTestStringConvertible {
    var method = "GET"
    var target = "/incidents"
    var body = ""
    var without: String?
    var replaced: HTTPField?
    let status: Int

    var testDescription: String { "\(method) \(target) \(body.prefix(60)) → \(status)" }
  }

  private static let change = #"{"id":"Q1","type":"incident_reference","status":"acknowledged"}"#
  private static let put = #"{"incidents":[\#(change)]}"#
  private static let note = #"{"note":{"content":"x"}}"#

  private static let reads: [Call] = [
    Call(status: 200),
    Call(target: "/incidents?limit=100&offset=9900", status: 200),
    Call(target: "/incidents?limit=100&offset=9901", status: 400),
    Call(target: "/incidents?limit=101", status: 400),
    Call(target: "/incidents?status=triggered", status: 400),
    Call(target: "/incidents?statuses[]=open", status: 400),
    Call(target: "/incidents?statuses%5B%5D=triggered&statuses%5B%5D=resolved", status: 200),
    Call(target: "/incidents?date_range=week", status: 400),
    Call(target: "/incidents?sort_by=title:asc", status: 400),
    Call(target: "/incidents/Q1", status: 200),
    Call(target: "/incidents/Q9", status: 404),
    Call(target: "/incidents/Q1/alerts", status: 200),
    Call(target: "/incidents/Q1/notes", status: 200),
    Call(target: "/schedules", status: 404),
    Call(target: "/schedules/PSCHED1", status: 404),
    Call(target: "/oncalls", status: 200),
    Call(target: "/oncalls?policy_ids[]=P1", status: 400),
    Call(target: "/oncalls?since=2026-11-01T00:00:00Z", status: 400),
    Call(
      target: "/oncalls?since=2026-11-01T00:00:00Z&until=2027-01-30T00:00:00Z", status: 200),
    Call(
      target: "/oncalls?since=2026-11-01T00:00:00Z&until=2027-01-30T00:00:01Z", status: 400),
    Call(without: "Authorization", status: 401),
    Call(replaced: HTTPField("Authorization", "Bearer \(Rig.token)"), status: 401),
    Call(replaced: HTTPField("Accept", "application/json"), status: 400),
    Call(without: "Content-Type", status: 400),
    Call(without: "From", status: 200),
  ]

  private static let writes: [Call] = [
    Call(method: "PUT", body: put, status: 200),
    Call(method: "PUT", body: put, without: "From", status: 400),
    Call(method: "PUT", body: put, replaced: HTTPField("From", "eve@example.com"), status: 400),
    Call(method: "PUT", body: #"{"incident":\#(change)}"#, status: 400),
    Call(method: "PUT", body: #"{"incidents":[]}"#, status: 400),
    Call(method: "PUT", body: "{", status: 400),
    Call(method: "PUT", body: put.replacing("acknowledged", with: "triggered"), status: 400),
    Call(method: "PUT", body: put.replacing("_reference", with: "_ref"), status: 400),
    Call(method: "PUT", body: put.replacing("status", with: "state"), status: 400),
    Call(method: "PUT", body: put.replacing("Q1", with: "Q2"), status: 400),
    Call(method: "PUT", body: put.replacing("Q1", with: "Q9"), status: 400),
    Call(method: "PUT", body: many(250), status: 200),
    Call(method: "PUT", body: many(251), status: 413),
    Call(method: "POST", target: "/incidents/Q1/notes", body: note, status: 200),
    Call(method: "POST", target: "/incidents/Q9/notes", body: note, status: 404),
    Call(method: "POST", target: "/incidents/Q1/notes", body: note, without: "From", status: 400),
    Call(method: "POST", target: "/incidents/Q1/notes", body: #"{"content":"x"}"#, status: 400),
    Call(
      method: "POST", target: "/incidents/Q1/notes", body: #"{"note":{"content":""}}"#,
      status: 400),
    Call(method: "DELETE", target: "/incidents/Q1", status: 404),
  ]

  private static func many(_ count: Int) -> String {
    #"{"incidents":[\#(Array(repeating: change, count: count).joined(separator: ","))]}"#
  }

  @Test("It answers with the status that the API has for it", arguments: reads + writes)
  private func statuses(call: Call) async throws {
    let standIn = try await PagerDutyStandIn.start { Rig.now }
    defer { standIn.stop() }
    standIn.change { account in
      account.add(Rig.incident("Q1"))
      account.add(Rig.incident("Q2"))
      account.resolve("Q2")
    }
    let fields = [
      HTTPField("Authorization", "Token token=\(Rig.token)"),
      HTTPField("Accept", "application/vnd.pagerduty+json;version=2"),
      HTTPField("Content-Type", "application/json"), HTTPField("From", "ines@example.com"),
    ].filter { $0.name != call.without && $0.name != call.replaced?.name }
    let transport = try ClientTransport(
      settings: SourceSettings(name: "pd", kind: .pagerduty, urls: [standIn.url]),
      environment: [:])
    let answer = try await transport.exchange(
      HTTPRequest(
        method: call.method, url: standIn.url + call.target,
        headers: fields + [call.replaced].compactMap(\.self), body: Array(call.body.utf8),
        timeout: .seconds(20), answerLimit: 1 << 20))
    await transport.close()
    #expect(answer.status == call.status)
    #expect(answer.field("ratelimit-limit") == "960")
    let isError = String(decoding: answer.body, as: UTF8.self).hasPrefix(#"{"error":{"#)
    #expect(isError == (call.status >= 400))
  }
}
