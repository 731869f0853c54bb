import Reliability

extension RosterAssembly {
  /// What a calendar has said.
  struct Word: Sendable {
    /// The calendar as it was when it was last good.
    private(set) var file: CalendarFile?
    /// When that was.
    private(set) var readAt: Timestamp?
    /// Why it says nothing now.
    private(set) var failure: String?
    /// The version that the journal has, so that it need not be sent again.
    var version: CalendarVersion?
    private var edition = 0

    /// Begins without a word.
    init() {}

    /// Begins with what an earlier process was told.
    init(file: CalendarFile, readAt: Timestamp) {
      self.file = file
      self.readAt = readAt
    }

    /// What pictures of teams are made of; looks that bring nothing new leave it as it is.
    struct Basis: Hashable {
      let edition: Int
      let failure: String?
      /// When it was good is told where it is not, and says to the hour how far PagerDuty reaches.
      let readAt: Timestamp?
    }

    /// The basis as it is now.
    var basis: Basis {
      Basis(
        edition: edition, failure: failure,
        readAt: failure == nil ? readAt?.rounded(downTo: .seconds(3600)) : readAt)
    }

    /// Takes in a look.
    mutating func take(_ look: CalendarLook, _ settings: CalendarSettings, at now: Timestamp) {
      switch look.content {
      case .failure(let reason): failure = reason.message
      case .success(.unchanged):
        readAt = now
        failure = nil
      case .success(.calendar(let bytes, _)):
        version = nil
        do throws(CalendarError) {
          file = try CalendarFile(parsing: bytes, zone: settings.timeZone)
          edition += 1
          readAt = now
          failure = nil
        } catch {
          failure = "it \(error.message)"
        }
      }
    }
  }
}
