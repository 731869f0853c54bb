// PromQL with a placeholder for the window: only the placeholder is looked at, the rest is the
// source's to judge.

extension Value {
  /// A PromQL expression with `{{window}}`, in exactly this spelling.
  func expression() -> String? {
    guard let text = text() else { return nil }
    var result = ""
    var rest = Substring(text)
    var hasWindow = false
    while let placeholder = rest.firstPlaceholder {
      guard placeholder.name == "window" else {
        report(.serviceLevel(.unknownPlaceholder(String(rest[placeholder.range]))))
        return nil
      }
      hasWindow = true
      result += rest[..<placeholder.range.lowerBound] + "{{window}}"
      rest = rest[placeholder.range.upperBound...]
    }
    guard hasWindow else {
      report(.serviceLevel(.noWindowPlaceholder(fixedRange: text.firstRangeSelector)))
      return nil
    }
    return result + rest
  }
}

extension Substring {
  /// The first `{{...}}` and the trimmed text in it.
  fileprivate var firstPlaceholder: (name: String, range: Range<Index>)? {
    guard let start = firstRange(of: "{{"), let end = self[start.upperBound...].firstRange(of: "}}")
    else { return nil }
    return (self[start.upperBound..<end.lowerBound].trimmed, start.lowerBound..<end.upperBound)
  }
}

extension String {
  /// The first range selector with a fixed length, such as `[5m]`.
  fileprivate var firstRangeSelector: String? {
    var rest = Substring(self)
    while let open = rest.firstIndex(of: "["), let close = rest[open...].firstIndex(of: "]") {
      let isRange = rest[rest.index(after: open)].isNumber
      if isRange { return String(rest[open...close]) }
      rest = rest[close...]
    }
    return nil
  }
}
