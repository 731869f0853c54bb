import Definitions
import Foundation
import Testing

@Suite("The documentation")
struct DocumentationTests {
  @Test(
    "Every YAML example of the reference is valid",
    arguments: ["configuration.md", "slo-format.md", "on-call.md", "runbooks.md"])
  func examplesAreValid(page: String) throws {
    let package = URL(filePath: #filePath).deletingLastPathComponent()
      .deletingLastPathComponent().deletingLastPathComponent()
    let text = try String(contentsOf: package.appending(path: "docs/\(page)"), encoding: .utf8)
    let examples = text.components(separatedBy: "```yaml\n").dropFirst()
      .compactMap { $0.components(separatedBy: "\n```").first }
    #expect(examples.count >= 3)
    for example in examples {
      let files = MemoryFileSystem(texts: ["example.yaml": example, "search.ics": ""])
      let found = Loader(files).check(paths: ["example.yaml"]).map(\.description)
      #expect(found == [], "\(example)")
    }
  }
}
