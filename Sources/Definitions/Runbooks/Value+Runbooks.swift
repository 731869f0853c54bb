import Reliability
import Yams

extension Value {
  /// Where this stands.
  var origin: Runbook.Origin { Runbook.Origin(file: place.file, line: place.line) }

  /// A text with places to fill.
  func template() -> TemplateText? { text().flatMap(template(of:)) }

  /// Reads places to fill in a text that stands here.
  func template(of text: String) -> TemplateText? {
    do throws(TemplateText.Malformed) {
      return try TemplateText(parsing: text)
    } catch {
      report(.runbook(.notATemplate(error.text)))
      return nil
    }
  }

  /// The address of a page; something else is kept, since people can read it.
  func link() -> TemplateText? {
    guard let link = template() else { return nil }
    let start = link.source.lowercased()
    if !["http://", "https://"].contains(where: start.hasPrefix) {
      report(.runbook(.notAPage(link.source)))
    }
    return link
  }

  /// Label matchers as texts, or as a mapping of names to values; patterns are compiled once to see
  /// whether they can be.
  func labelMatchers() -> [LabelMatcher] {
    if case .mapping = node {
      return (entries() ?? []).compactMap { entry in
        entry.value.text().map { LabelMatcher(entry.name, .equal, $0) }
      }
    }
    let matchers = matchers()
    if (try? AlertMatcher.compiled(matchers)) == nil {
      report(.value(.notMatchers(LabelMatcher.text(of: matchers))))
    }
    return matchers
  }

  /// Everything that is written here as lines for people: lists with dashes, mappings with colons.
  func prose(indent: Int = 0) -> String {
    let margin = String(repeating: " ", count: indent)
    switch node {
    case .scalar:
      return (scalarText ?? "").trimmed.split(separator: "\n", omittingEmptySubsequences: false)
        .map { margin + $0 }.joined(separator: "\n")
    case .sequence:
      return (items() ?? []).map { item in
        "\(margin)- \(item.prose(indent: indent + 2).drop { $0 == " " })"
      }.joined(separator: "\n")
    case .mapping:
      return (entries() ?? []).map { entry in
        let value = entry.value.prose(indent: indent + 2)
        return entry.value.scalarText?.contains("\n") == false
          ? "\(margin)\(entry.name): \(value.trimmed)" : "\(margin)\(entry.name):\n\(value)"
      }.joined(separator: "\n")
    case .alias:
      return ""
    }
  }
}

extension String {
  /// The first line that says something.
  var firstLine: String {
    split(whereSeparator: \.isNewline).map(\.trimmed).first { !$0.isEmpty } ?? ""
  }
}
