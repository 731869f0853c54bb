/// One content line of an iCalendar text, such as `DTSTART;TZID=Europe/Berlin:20260102T120000`.
package struct CalendarProperty: Hashable, Sendable {
  /// A parameter with its values, which are separated by commas.
  package struct Parameter: Hashable, Sendable {
    /// The name in capitals.
    package let name: String
    /// The values without quotes.
    package let values: [String]

    /// Makes a parameter.
    package init(name: String, values: [String]) {
      self.name = name
      self.values = values
    }
  }

  /// The name in capitals.
  package let name: String
  /// The parameters in the order of the text.
  package let parameters: [Parameter]
  /// The value as written, with its escapes.
  package let value: String
  /// The line of the text, from 1; 0 for one that was not read.
  package let line: Int

  /// Makes a property of a value that is escaped already.
  package init(_ name: String, parameters: [Parameter] = [], value: String, line: Int = 0) {
    self.name = name
    self.parameters = parameters
    self.value = value
    self.line = line
  }

  /// Makes a property of a text.
  package init(_ name: String, text: String) {
    self.init(name, value: CalendarText.escaped(text))
  }

  /// The first value of a parameter.
  package subscript(_ parameter: String) -> String? {
    parameters.first { $0.name == parameter }?.values.first
  }

  /// The value without escapes.
  package var text: String { CalendarText.unescaped(value) }
}

extension CalendarProperty {
  /// Reads a content line; `nil` when it has no name or no value.
  init?(_ content: String, line: Int) {
    var rest = Substring(content).unicodeScalars[...]
    let name = CalendarProperty.takeName(&rest)
    guard !name.isEmpty else { return nil }
    var parameters: [Parameter] = []
    while rest.first == ";" {
      rest.removeFirst()
      guard let parameter = CalendarProperty.takeParameter(&rest) else { return nil }
      parameters.append(parameter)
    }
    guard rest.popFirst() == ":" else { return nil }
    self.init(name, parameters: parameters, value: String(rest), line: line)
  }

  private typealias Rest = Substring.UnicodeScalarView.SubSequence

  private static func takeName(_ rest: inout Rest) -> String {
    let name = rest.prefix {
      ($0.isASCII && $0.properties.isAlphabetic) || "-0123456789_.".unicodeScalars.contains($0)
    }
    rest.removeFirst(name.count)
    return String(name).uppercased()
  }

  private static func takeParameter(_ rest: inout Rest) -> Parameter? {
    let name = takeName(&rest)
    guard !name.isEmpty, rest.popFirst() == "=" else { return nil }
    var values: [String] = []
    repeat {
      if !values.isEmpty { rest.removeFirst() }
      if rest.first == "\"" {
        rest.removeFirst()
        let quoted = rest.prefix { $0 != "\"" }
        rest.removeFirst(quoted.count)
        guard rest.popFirst() == "\"" else { return nil }
        values.append(CalendarText.withoutCarets(String(quoted)))
      } else {
        let plain = rest.prefix { !",;:\"".unicodeScalars.contains($0) }
        rest.removeFirst(plain.count)
        values.append(CalendarText.withoutCarets(String(plain)))
      }
    } while rest.first == ","
    return Parameter(name: name, values: values)
  }
}
