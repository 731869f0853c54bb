import Foundation
import Testing

@testable import Commands

/// The JSON writer.
@Suite struct JSONTests {
  @Test(
    "Numbers are written in full precision and read back the same",
    arguments: [
      (0.0, "0"), (1.0, "1"), (-0.4, "-0.4"), (0.00065, "0.00065"), (12_000_000, "12000000"),
      (0.1 + 0.2, "0.30000000000000004"), (1e-7, "1e-07"),
    ])
  func numbers(_ value: Double, _ text: String) {
    #expect(JSON.number(value).text == text)
    #expect(Double(text) == value)
  }

  @Test("What JSON cannot write is null", arguments: [Double.nan, .infinity, -.infinity])
  func notFinite(_ value: Double) {
    #expect(JSON.number(orNull: value) == .null)
    #expect(JSON.number(orNull: nil) == .null)
  }

  @Test("No text leaves as anything but printable ASCII, and it reads back as it was")
  func escaping() throws {
    let hostile = "a\"b\\c\n\u{1B}[31m\u{9B}0m\u{202E}x\u{7F}\u{1F525}\r"
    let text = JSON.array([.string(hostile)]).text
    #expect(text.utf8.count { !(0x20..<0x7F).contains($0) && $0 != 0x0A } == 0)
    let read = try JSONSerialization.jsonObject(with: Data(text.utf8)) as? [String]
    #expect(read == [hostile])
  }

  @Test("Members keep their order; empty lists stay on one line")
  func layout() {
    let value = JSON.object([
      .init("z", .number(1)), .init("a", .array([])), .init("m", .array([.bool(true), .null])),
    ])
    #expect(
      value.text == """
        {
          "z": 1,
          "a": [],
          "m": [
            true,
            null
          ]
        }
        """)
  }
}
