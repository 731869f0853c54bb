import Screen

/// What drawing costs, measured by the program loop and shown over a view while `:debug` is on.
package struct FrameFigures: Hashable, Sendable {
  /// Frames drawn since the start.
  package let frames: Int
  /// The time the last frame took, from state to terminal.
  package let lastFrame: Duration
  /// The longest frame of the last minute.
  package let longestFrame: Duration
  /// Keys and other input that waited when the loop last looked.
  package let queuedInput: Int
  /// Messages of the engine and the reloader that waited when the loop last looked.
  package let queuedMail: Int
  /// Bytes the process wrote in the last second; `nil` where the system does not tell.
  package let bytesPerSecond: Int?

  /// Makes the figures.
  package init(
    frames: Int, lastFrame: Duration, longestFrame: Duration, queuedInput: Int, queuedMail: Int,
    bytesPerSecond: Int?
  ) {
    self.frames = frames
    self.lastFrame = lastFrame
    self.longestFrame = longestFrame
    self.queuedInput = queuedInput
    self.queuedMail = queuedMail
    self.bytesPerSecond = bytesPerSecond
  }

  /// Draws a small box in the upper right corner.
  func draw(in rect: Rect, on canvas: inout Canvas) {
    let box = rect.splitTop(min(6, rect.rows)).top.splitRight(min(30, rect.columns)).right
    canvas.fill(box, role: .dialog)
    let inner = Frame(title: "debug").draw(in: box, on: &canvas).inset(horizontal: 1, vertical: 0)
    let milliseconds = { (length: Duration) in
      "\(Numerals.rounded(length / .milliseconds(1), decimals: 2)) ms"
    }
    let lines = [
      "frame    \(milliseconds(lastFrame)), #\(frames)", "longest  \(milliseconds(longestFrame))",
      "written  \(bytesPerSecond.map { "\(Numerals.bytes($0))/s" } ?? "unknown")",
      "queued   \(queuedInput) input, \(queuedMail) mail",
    ]
    for (row, line) in lines.enumerated() where row < inner.rows {
      canvas.draw(
        line, at: Point(column: inner.column, row: inner.row + row), maxWidth: inner.columns,
        role: .dialog)
    }
  }
}
