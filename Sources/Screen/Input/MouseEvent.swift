/// Something the operator did with the mouse.
package struct MouseEvent: Hashable, Sendable {
  /// What was done; releases and movements are not told.
  package enum Action: Hashable, Sendable {
    /// A button went down.
    case press(Button)
    /// The wheel turned one notch away from the operator.
    case wheelUp
    /// The wheel turned one notch towards the operator.
    case wheelDown
  }

  /// A button of the mouse.
  package enum Button: Hashable, Sendable {
    /// The button that selects.
    case left
    /// The button in the middle, often the wheel.
    case middle
    /// The button of context menus.
    case right
  }

  /// What was done.
  package let action: Action
  /// The cell under the pointer; it may lie outside of the screen after a resize.
  package let point: Point

  /// Makes an event.
  package init(_ action: Action, at point: Point) {
    self.action = action
    self.point = point
  }
}
