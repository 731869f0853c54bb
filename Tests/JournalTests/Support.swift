import Foundation
import Reliability
import TestSupport

@testable import Journal

/// The time of most tests.
let now = Timestamp(milliseconds: 1_795_269_802_000)

/// Runs a test in a new folder that is removed afterwards.
func withFolder<Value>(_ body: (URL) async throws -> Value) async throws -> Value {
  let folder = FileManager.default.temporaryDirectory
    .appending(path: "burnwatch-\(UUID().uuidString)")
  try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
  defer { try? FileManager.default.removeItem(at: folder) }
  return try await body(folder)
}

/// Runs a test with the path of a journal that is not there yet.
func withPath<Value>(_ body: (String) async throws -> Value) async throws -> Value {
  try await withFolder { try await body($0.appending(path: "journal.db").path) }
}

/// The journals there are.
enum Implementation: CaseIterable {
  case onDisk, inMemory, ofTests

  /// Runs a test with an empty journal.
  func withJournal(_ body: (any WholeJournal) async throws -> Void) async throws {
    switch self {
    case .onDisk: try await withPath { try await body(SQLiteJournal(path: $0, now: now)) }
    case .inMemory: try await body(MemoryJournal())
    case .ofTests: try await body(InMemoryJournal())
    }
  }
}

extension ActionRequest {
  /// A request that expires a silence.
  static func sample(
    _ id: ID = "a-1", after delay: Duration = .zero, actor: String = "ada",
    action: Action = .expireSilence(.sample())
  ) -> ActionRequest {
    ActionRequest(id: id, at: now + delay, actor: actor, action: action)
  }
}

extension Silence {
  /// A silence whose texts are all the same.
  static func sample(_ text: String = "x", matchers: [LabelMatcher]? = nil) -> Silence {
    Silence(
      id: text, cluster: text, matchers: matchers ?? [LabelMatcher(text, .matches, text)],
      startsAt: now, endsAt: now + .seconds(60), updatedAt: Timestamp(milliseconds: -1),
      createdBy: text, comment: text, state: .pending)
  }
}

extension AuditEntry {
  /// A line with a time.
  static func sample(_ event: String, after delay: Duration = .zero) -> AuditEntry {
    AuditEntry(
      at: now + delay, actor: "ada", event: event, request: nil, subject: "s", detail: "")
  }
}

extension JournalStore {
  /// Writes a request down and ends it.
  func end(_ request: ActionRequest, at instant: Timestamp) async throws {
    try await enqueue(request)
    guard
      var record = try await lease(
        request.id, by: "p", at: instant, until: instant + .seconds(30))
    else { return }
    record.state = .ended
    try await finish(record, by: "p", nil)
  }
}
