/// A block between `BEGIN` and `END`: its properties and the blocks within it.
package struct CalendarComponent: Hashable, Sendable {
  /// The name in capitals, such as `VEVENT`.
  package let name: String
  /// The properties in the order of the text.
  package var properties: [CalendarProperty]
  /// The blocks within it in the order of the text.
  package var components: [CalendarComponent]
  /// The line of its `BEGIN`, from 1; 0 for one that was not read.
  package let line: Int

  /// Makes a block.
  ///
  /// - Parameters:
  ///   - name: The name in capitals.
  ///   - properties: The properties in their order.
  ///   - components: The blocks within it.
  ///   - line: The line of the text that it begins in; 0 for one that was not read.
  package init(
    _ name: String, properties: [CalendarProperty] = [], components: [CalendarComponent] = [],
    line: Int = 0
  ) {
    self.name = name
    self.properties = properties
    self.components = components
    self.line = line
  }

  /// The first property of a name.
  package subscript(_ name: String) -> CalendarProperty? {
    properties.first { $0.name == name }
  }

  /// All properties of a name.
  package func all(_ name: String) -> [CalendarProperty] {
    properties.filter { $0.name == name }
  }

  /// The block as lines of at most 75 bytes that end in CRLF.
  package var written: String {
    var text = CalendarLines.folded("BEGIN:\(name)")
    for property in properties { text += CalendarLines.folded(property.written) }
    for component in components { text += component.written }
    return text + CalendarLines.folded("END:\(name)")
  }
}

extension CalendarProperty {
  /// The content line, not folded.
  fileprivate var written: String {
    let written = parameters.map { parameter in
      let values = parameter.values.map(CalendarText.parameterValue)
      return ";\(parameter.name)=\(values.joined(separator: ","))"
    }
    return "\(name)\(written.joined()):\(value)"
  }
}

/// Builds the blocks of a text; forgiving where what is meant is plain.
struct CalendarTreeReader {
  /// Blocks within blocks; real calendars have three levels.
  private static let deepest = 8

  private var open: [CalendarComponent] = []
  private(set) var calendars: [CalendarComponent] = []
  private(set) var problems: [CalendarProblem] = []

  /// The line that a calendar begins in which the text does not end.
  private(set) var cutOffIn: Int?

  /// Reads all lines; blocks that the text does not end are ended with it.
  init(_ bytes: [UInt8]) {
    for line in CalendarLines.unfolded(bytes) { read(line) }
    cutOffIn = open.first?.line
  }

  private mutating func read(_ line: CalendarLines.Line) {
    let text = String(decoding: line.bytes, as: UTF8.self)
    // A byte order mark may stand before the first line.
    let content =
      text.unicodeScalars.first == "\u{FEFF}" ? String(text.unicodeScalars.dropFirst()) : text
    guard let property = CalendarProperty(content, line: line.number) else {
      problems.append(CalendarProblem(line: line.number, .notAProperty(content)))
      return
    }
    switch property.name {
    case "BEGIN" where open.count < CalendarTreeReader.deepest:
      open.append(CalendarComponent(property.value.upperTrimmed, line: line.number))
    case "END":
      guard let index = open.lastIndex(where: { $0.name == property.value.upperTrimmed }) else {
        return
      }
      while open.count > index { append(open.removeLast()) }
    default:
      guard !open.isEmpty else { return }
      open[open.count - 1].properties.append(property)
    }
  }

  private mutating func append(_ component: CalendarComponent) {
    if open.isEmpty {
      calendars.append(component)
    } else {
      open[open.count - 1].components.append(component)
    }
  }
}

extension String {
  fileprivate var upperTrimmed: String {
    String(uppercased().filter { $0 != " " && $0 != "\t" })
  }
}
