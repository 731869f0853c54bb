// The calls that burnwatch makes; paths, parameters and bodies are those of PagerDuty's REST API v2.

internal import Foundation
internal import Reliability

/// Everything that is open, as far as it could be read.
struct OpenIncidents: Sendable {
  /// The incidents, none twice.
  var incidents: [PagerDutyIncident] = []
  /// How many could not be read.
  var unreadableCount = 0
  /// How many pages it took.
  var pageCount = 0
  /// Why the list is not whole; `nil` when it is.
  var end: Truncation?
  /// How the server's clock stands to ours.
  var skew: ClockSkew?

  /// What ends the list before its end.
  enum Truncation: Hashable, Sendable {
    /// The most that the API gives.
    case limit
    /// A page with nothing new: the server does not do as it says.
    case repetition
  }
}

extension PagerDutyClient {
  /// Places of a page; the API's own maximum.
  static let pageSize = 100
  /// The API refuses pages that end beyond it.
  static let lastPlace = 10_000

  /// Reads all incidents that are triggered or acknowledged, however old they are, newest first.
  ///
  /// Incidents move while pages are read, so that one may come twice, or slip between two pages.
  func openIncidents(into ledger: TrafficLedger) async throws(ConnectorError) -> OpenIncidents {
    var list = OpenIncidents()
    var seen: Set<String> = []
    var offset = 0
    while true {
      let reply = try await get(
        "/incidents", pageParameters(offset: offset), into: ledger, PagerDutyAnswer.page)
      let page = reply.value
      let new = page.incidents.filter { seen.insert($0.id).inserted }
      list.incidents += new.filter(\.isOpen)
      list.unreadableCount += page.unreadableCount
      list.pageCount += 1
      list.skew = reply.skew
      guard page.hasMore, !page.isEmpty else { return list }
      guard !new.isEmpty || page.unreadableCount > 0 else {
        list.end = .repetition
        return list
      }
      // By the places of the page and not by what is in it, as PagerDuty counts.
      offset += max(page.limit ?? PagerDutyClient.pageSize, 1)
      guard offset + PagerDutyClient.pageSize <= PagerDutyClient.lastPlace else {
        list.end = .limit
        return list
      }
    }
  }

  private func pageParameters(offset: Int) -> [(String, String)] {
    [
      ("limit", "\(PagerDutyClient.pageSize)"), ("offset", "\(offset)"),
      // Without it only the last month is looked at.
      ("date_range", "all"), ("statuses[]", "triggered"), ("statuses[]", "acknowledged"),
      ("sort_by", "created_at:desc"),
    ] + ownParameters
  }

  /// Reads one incident.
  ///
  /// - Returns: `nil` when PagerDuty does not know it.
  func incident(
    _ id: String, into ledger: TrafficLedger
  ) async throws(ConnectorError) -> PagerDutyIncident? {
    do throws(ConnectorError) {
      return try await get(path(id), into: ledger, PagerDutyAnswer.incident).value
    } catch {
      guard error.isNotFound else { throw error }
      return nil
    }
  }

  /// Reads the labels of the alerts within an incident, of the first hundred of them.
  ///
  /// - Returns: None when PagerDuty does not know the incident.
  func alertLabels(
    of id: String, into ledger: TrafficLedger
  ) async throws(ConnectorError) -> [LabelSet] {
    do throws(ConnectorError) {
      return try await get(
        "\(path(id))/alerts", [("limit", "\(PagerDutyClient.pageSize)")], into: ledger,
        PagerDutyAnswer.alertLabels
      ).value
    } catch {
      guard error.isNotFound else { throw error }
      return []
    }
  }

  /// Reads the texts of an incident's notes.
  func notes(of id: String, into ledger: TrafficLedger) async throws(ConnectorError) -> [String] {
    try await get("\(path(id))/notes", into: ledger, PagerDutyAnswer.notes).value
  }

  /// Acknowledges an incident.
  ///
  /// - Returns: The incident as it is then; `nil` when the answer does not have it.
  func acknowledge(
    _ id: String, into ledger: TrafficLedger
  ) async throws(ConnectorError) -> PagerDutyIncident? {
    let change = Change(id: id, type: "incident_reference", status: "acknowledged")
    let page = try await write(
      "PUT", "/incidents", body(["incidents": [change]]), into: ledger, PagerDutyAnswer.page)
    return page.incidents.first { $0.id == id }
  }

  /// Writes a note; PagerDuty answers 200 and not 201, so the status decides and the body does not.
  func addNote(
    _ text: String, to id: String, into ledger: TrafficLedger
  ) async throws(ConnectorError) {
    try await write(
      "POST", "\(path(id))/notes", body(["note": Note(content: text)]), into: ledger
    ) { (_: HTTPAnswer) throws(ConnectorError) in }
  }

  private struct Change: Encodable {
    let id: String
    let type: String
    let status: String
  }

  private struct Note: Encodable {
    let content: String
  }

  private func path(_ id: String) -> String {
    "/incidents/\(id.addingPercentEncoding(withAllowedCharacters: .alphanumerics) ?? "")"
  }

  /// Texts and lists of them can always be encoded.
  private func body(_ value: some Encodable) -> [UInt8] {
    [UInt8]((try? JSONEncoder().encode(value)) ?? Data())
  }
}
