import Reliability

extension ShiftSource {
  /// The calendar as its bytes.
  func calendar() async -> Result<[UInt8], ReadingFailure> {
    await look(since: nil).content.flatMap { content in
      switch content {
      case .calendar(let bytes, _): .success(bytes)
      case .unchanged: .failure(.rejected("unchanged"))
      }
    }
  }
}
