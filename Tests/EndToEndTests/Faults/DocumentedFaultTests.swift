import Foundation
import TestSupport
import Testing

/// The page on reliability says what the tests show.
@Suite("docs/reliability.md")
struct DocumentedFaultTests {
  private static let package = URL(filePath: #filePath).deletingLastPathComponent()
    .appending(path: "../../..").standardized

  private static func text(_ path: String) throws -> String {
    try String(contentsOf: package.appending(path: path), encoding: .utf8)
  }

  @Test("Every fault has a row with what the operator is told", arguments: Fault.allCases)
  func row(_ fault: Fault) throws {
    let told =
      switch fault.outcome() {
      case .trouble(let sentence): sentence
      case .caution(let sentence): "Caution: \(sentence)"
      case .none: "nothing: figures arrive"
      }
    #expect(try Self.text("docs/reliability.md").contains("| \(fault.rawValue) | \(told) |"))
  }

  @Test(
    "Every test that it and other pages name exists",
    arguments: [("reliability", 25), ("terminals", 15), ("performance", 2)])
  func tests(page: String, count: Int) throws {
    let files = FileManager.default.enumerator(
      at: Self.package.appending(path: "Tests"), includingPropertiesForKeys: nil)
    let sources = try (files?.allObjects ?? []).compactMap { $0 as? URL }
      .filter { $0.pathExtension == "swift" }
      .map { try String(contentsOf: $0, encoding: .utf8) }.joined()
    // Bold words are no names.
    let text = try Self.text("docs/\(page).md").replacing("**", with: "")
      .split(whereSeparator: \.isWhitespace).joined(separator: " ")
    let names = text.matches(of: /\*([A-Z][^*]+)\*/).map { String($0.output.1) }
    #expect(names.count >= count)
    for name in names { #expect(sources.contains("\"\(name)\""), "\(name)") }
  }
}
