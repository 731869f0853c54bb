// Answers in JSON, read alike whatever API they come from.

internal import Foundation

extension HTTPAnswer {
  /// Reads the body as JSON.
  ///
  /// - Parameter api: Whose API it should be, for the sentence.
  /// - Returns: What was read.
  /// - Throws: `ConnectorError.unreadable`, with how the body begins.
  func decoded<Wire: Decodable>(as api: String) throws(ConnectorError) -> Wire {
    do {
      return try JSONDecoder().decode(Wire.self, from: Data(body))
    } catch {
      throw .unreadable(reason: beginning, api: api)
    }
  }

  /// How the body begins, as a clause.
  var beginning: String {
    guard !body.isEmpty else { return "it is empty" }
    return "it begins \(Excerpt(text(limit: 80), limit: 60))"
  }

  /// The start of a body as text; of HTML only what is between the tags.
  func text(limit: Int) -> String {
    let text = String(decoding: body.prefix(limit), as: UTF8.self)
    guard text.contains("<") && field("content-type")?.contains("html") == true else {
      return text
    }
    var plain = ""
    var isInTag = false
    for character in text {
      if character == "<" { isInTag = true }
      if !isInTag { plain.append(character) }
      if character == ">" {
        isInTag = false
        plain.append(" ")
      }
    }
    return plain
  }
}

/// An item of a list, or nothing when it has another shape.
struct Lossy<Value: Decodable>: Decodable {
  let value: Value?

  init(from decoder: any Decoder) throws {
    value = try? Value(from: decoder)
  }
}
