import Screen

/// Where the panes of the On-call view stand at one size.
struct OnCallLayout: Hashable, Sendable {
  /// The shifts on a timeline; empty while a pane has the whole screen.
  let timeline: Rect
  /// The people; `nil` where there is room for the words only, and they have the keys.
  let people: Rect?
  /// The same in words; `nil` where there is room for the people only.
  let words: Rect?

  /// Divides the space between head and key bar.
  ///
  /// - Parameters:
  ///   - body: The space.
  ///   - layers: How many layers the timeline has.
  ///   - count: How many people there are.
  ///   - focus: The pane that has the keys.
  ///   - isZoomed: Whether that pane has the whole screen.
  init(body: Rect, layers: Int, people count: Int, focus: OnCallPane.Focus, isZoomed: Bool) {
    let (top, rest) = body.splitTop(isZoomed ? 0 : min(layers + 4, max(body.rows - 6, 5)))
    timeline = top
    guard !isZoomed else {
      (people, words) = focus == .people ? (rest, nil) : (nil, rest)
      return
    }
    let wanted = count + 3
    if rest.columns >= 100 {
      let split = rest.splitLeft(min(rest.columns * 3 / 5, 76))
      (people, words) = (split.left, split.rest)
    } else if rest.rows >= 12 {
      let split = rest.splitTop(min(wanted, rest.rows / 2))
      (people, words) = (split.top, split.rest)
    } else {
      (people, words) = focus == .people ? (rest, nil) : (nil, rest)
    }
  }

  /// How many people the list shows.
  var listHeight: Int { people.map { TableArea(in: $0).rows.rows } ?? 1 }
}
