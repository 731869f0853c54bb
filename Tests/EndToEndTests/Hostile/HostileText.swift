import Foundation

/// Text made to move the cursor, to set the clipboard or to show something else than what is there.
struct HostileText: Decodable {
  let name: String
  let input: String

  /// Our own pieces and, where its file can be found, the shared corpus.
  static let all = own + shared

  private static let own = [
    HostileText(name: "erase", input: "\u{1B}[H\u{1B}[2Jowned"),
    HostileText(name: "clipboard", input: "\u{1B}]52;c;cm0gLXJm\u{7}"),
    HostileText(name: "title", input: "\u{1B}]2;owned\u{1B}\\"),
    HostileText(name: "eight-bit CSI", input: "a\u{9B}2Jb\u{9D}52;c;eA==\u{9C}"),
    HostileText(name: "device control", input: "\u{90}a\u{98}b\u{9E}c\u{9F}d"),
    HostileText(name: "carriage return", input: "CRITICAL 99 %\rall is well"),
    HostileText(name: "line feeds", input: "cpu high\nINFO fake row\r\nanother\u{B}\u{C}\u{85}"),
    HostileText(name: "backspaces", input: "CRITICAL\u{8}\u{8}\u{8}\u{8}\u{8}\u{8}ok"),
    HostileText(name: "tabs", input: "\ta\t\tb"),
    HostileText(name: "bidi", input: "a\u{202E}b\u{2066}c\u{2067}d\u{200F}e\u{61C}f"),
    HostileText(name: "separators", input: "a\u{2028}b\u{2029}c"),
    HostileText(name: "tags", input: "ok\u{E0001}\u{E0072}\u{E007F}"),
    HostileText(name: "zero width", input: "ad\u{200B}m\u{200D}i\u{2060}n\u{FEFF}"),
    HostileText(name: "shift out", input: "\u{E}lqqk\u{F}\u{1B}(0lqqk\u{1B}c"),
    HostileText(name: "wide", input: "日本語の警告メッセージ"),
    HostileText(name: "Markdown", input: "| `a` | [b](javascript:c) | <script>"),
  ]

  /// The folder of the corpus lies beside one of the folders above this file.
  private static let shared: [HostileText] = {
    let path = "shared/contracts/golden/terminal-injection-corpus.json"
    var folder = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
    while folder.path != "/" {
      if let data = try? Data(contentsOf: folder.appending(path: path)) {
        return (try? JSONDecoder().decode([HostileText].self, from: data)) ?? []
      }
      folder.deleteLastPathComponent()
    }
    return []
  }()

  /// All pieces in one line of text, as an error message may hold them.
  static var everything: String { all.map(\.input).joined(separator: " then ") }

  /// The text as a double-quoted YAML scalar, in which every scalar but plain letters is escaped.
  static func yaml(_ text: String) -> String {
    let escaped = text.unicodeScalars.map { scalar in
      if scalar == " " || scalar.isASCII && scalar.properties.isAlphabetic {
        return String(scalar)
      }
      let digits = String(scalar.value, radix: 16, uppercase: true)
      return "\\U" + String(repeating: "0", count: 8 - digits.count) + digits
    }
    return "\"\(escaped.joined())\""
  }

  /// The scalars of some output that a terminal would obey or that would reorder a row.
  static func forbidden(in output: [UInt8]) -> [Unicode.Scalar] {
    String(decoding: output, as: UTF8.self).unicodeScalars.filter { scalar in
      switch scalar.value {
      case 0x0A: false
      case ..<0x20, 0x7F...0x9F, 0xAD, 0x61C, 0x200B...0x200F, 0x2028...0x202E, 0x2060...0x206F,
        0xFE00...0xFE0F, 0xFEFF, 0xE0000...0xE0FFF:
        true
      default: false
      }
    }
  }
}
