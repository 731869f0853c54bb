// Text made to break a screen. Every piece must be drawn without touching anything beside it.

import Foundation
import Testing

/// One piece of hostile text.
struct HostileText: CustomTestStringConvertible, Decodable {
  let name: String
  let input: String

  var testDescription: String { name }

  /// The pieces below and, where its file can be found, the shared corpus.
  static let all = own + shared

  static let own: [HostileText] = [
    HostileText(name: "CSI color", input: "A\u{1B}[1;31mB\u{1B}[0m"),
    HostileText(name: "CSI cursor home and erase", input: "\u{1B}[H\u{1B}[2Jowned"),
    HostileText(name: "CSI cut short", input: "A\u{1B}["),
    HostileText(name: "OSC 0 title", input: "\u{1B}]0;title\u{7}x"),
    HostileText(
      name: "OSC 8 link", input: "\u{1B}]8;;https://bad.example/\u{1B}\\ok\u{1B}]8;;\u{1B}\\"),
    HostileText(name: "OSC 52 clipboard", input: "\u{1B}]52;c;cm0gLXJm\u{7}"),
    HostileText(name: "C1 CSI", input: "A\u{9B}31mB"),
    HostileText(name: "C1 OSC and ST", input: "A\u{9D}0;x\u{9C}B"),
    HostileText(name: "C1 DCS, SOS, PM, APC", input: "\u{90}a\u{98}b\u{9E}c\u{9F}d"),
    HostileText(name: "DCS passthrough", input: "\u{1B}Ptmux;\u{1B}\u{1B}]52;c;eA==\u{7}\u{1B}\\"),
    HostileText(name: "full reset", input: "\u{1B}c\u{1B}#8"),
    HostileText(name: "shift out", input: "\u{E}lqqk\u{F}"),
    HostileText(name: "carriage return overwrite", input: "CRITICAL 99 %\rall is well"),
    HostileText(
      name: "backspaces", input: "CRITICAL\u{8}\u{8}\u{8}\u{8}\u{8}\u{8}\u{8}\u{8}healthy"),
    HostileText(name: "delete", input: "A\u{7F}\u{7F}B"),
    HostileText(name: "NUL", input: "A\0B"),
    HostileText(name: "line feeds", input: "cpu high\nINFO fake row\r\nanother\u{B}\u{C}"),
    HostileText(name: "next line and separators", input: "a\u{85}b\u{2028}c\u{2029}d"),
    HostileText(name: "tabs", input: "\ta\t\tb"),
    HostileText(name: "right-to-left override", input: "A\u{202E}gnp.exe"),
    HostileText(name: "isolates left open", input: "A\u{2066}\u{2067}\u{2068}B"),
    HostileText(name: "embeddings left open", input: "\u{202A}\u{202B}\u{202D}x\u{202C}"),
    HostileText(name: "directional marks", input: "\u{200E}\u{200F}\u{61C}x"),
    HostileText(name: "zero width", input: "ad\u{200B}m\u{200C}i\u{200D}n\u{2060}\u{FEFF}"),
    HostileText(name: "nothing but zero width", input: String(repeating: "\u{200B}", count: 500)),
    HostileText(name: "tags", input: "ok" + "\u{E0001}\u{E0072}\u{E006D}\u{E007F}"),
    HostileText(name: "invisible operators", input: "a\u{2061}\u{2062}\u{2063}\u{2064}\u{206F}b"),
    HostileText(name: "blank letters", input: "\u{3164}\u{115F}\u{1160}\u{FFA0}\u{2800}"),
    HostileText(name: "leading mark", input: "\u{301}x"),
    HostileText(name: "only marks", input: "\u{301}\u{302}\u{303}\u{304}\u{305}\u{306}"),
    HostileText(name: "combining flood", input: "e" + String(repeating: "\u{301}", count: 300)),
    HostileText(
      name: "stacked marks",
      input: String(repeating: "Z\u{335}\u{321}\u{352}\u{33F}\u{360}", count: 40)),
    HostileText(name: "enclosing marks", input: "a\u{20DD}b\u{20E3}c\u{488}"),
    HostileText(name: "family", input: "👨‍👩‍👧‍👦|"),
    HostileText(name: "flags, paired and lone", input: "🇩🇪🇫🇷🇺|"),
    HostileText(
      name: "tag flag", input: "🏴\u{E0067}\u{E0062}\u{E0065}\u{E006E}\u{E0067}\u{E007F}|"),
    HostileText(name: "skin tones", input: "👍🏽🏿|"),
    HostileText(name: "VS16 and VS15", input: "⚠\u{FE0F}|⌚\u{FE0E}|"),
    HostileText(name: "keycaps", input: "1\u{FE0F}\u{20E3}#\u{FE0F}\u{20E3}"),
    HostileText(name: "new emoji", input: "\u{1FAE9}\u{1FADF}|"),
    HostileText(name: "private use", input: "\u{E0B0}\u{F8FF}\u{F0000}\u{10FFFD}"),
    HostileText(name: "noncharacters", input: "\u{FFFE}\u{FFFF}\u{1FFFE}\u{10FFFF}"),
    HostileText(name: "unassigned", input: "\u{378}\u{30000}\u{E0FFF}\u{3FFFF}"),
    HostileText(name: "annotation", input: "\u{FFF9}a\u{FFFA}b\u{FFFB}"),
    HostileText(name: "wide", input: "日本語の警告メッセージ"),
    HostileText(name: "wide, one off", input: "a日本語の警告メッセージ"),
    HostileText(name: "wide with marks", input: "か\u{3099}き\u{3099}く\u{3099}"),
    HostileText(
      name: "conjoining Hangul", input: "\u{1112}\u{1161}\u{11AB}\u{1100}\u{1173}\u{11AF}"),
    HostileText(name: "lone Hangul vowels", input: "\u{1161}\u{11A8}x"),
    HostileText(name: "right to left", input: "שלום مرحبا"),
    HostileText(name: "Indic and Thai", input: "क्षि ที่ கொ"),
    HostileText(name: "Arabic number signs", input: "\u{600}\u{6DD}12"),
    HostileText(name: "CR before mark", input: "\r\u{301}\n\u{301}"),
    HostileText(name: "100 KB of ASCII", input: String(repeating: "x", count: 100_000)),
    HostileText(name: "100 KB of marks", input: "e" + String(repeating: "\u{301}", count: 50_000)),
    HostileText(
      name: "100 KB of zero width", input: String(repeating: "\u{200B}", count: 33_000) + "x"),
    HostileText(name: "100 KB of wide", input: String(repeating: "警", count: 33_000)),
    HostileText(name: "100 KB of escapes", input: String(repeating: "\u{1B}[31m", count: 20_000)),
  ]

  /// The corpus that several programs share; its folder lies beside one of the folders above.
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
}
