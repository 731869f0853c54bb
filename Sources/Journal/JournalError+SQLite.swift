import Foundation
import GRDB
import Reliability

/// What is wrong with a journal's content although SQLite can read it.
enum ContentFault: Error, Hashable {
  /// A newer burnwatch has changed the tables.
  case newer
  /// It has tables, and not those of a journal.
  case foreign
  /// A request is not as burnwatch writes it.
  case unreadable(request: ActionRequest.ID)
}

extension JournalError {
  /// What an error of SQLite, GRDB or the content means for the operator.
  init(_ error: any Error, path: String) {
    self =
      switch error {
      case let error as JournalError: error
      case let error as DatabaseError: JournalError(error, path: path)
      case let fault as ContentFault: JournalError(fault, path: path)
      // What is left are values of another type than a column has.
      default: .corrupt(path: path, reason: "a row is not as burnwatch writes it")
      }
  }

  /// What an error number of the system means.
  init(_ number: Int32, path: String) {
    self =
      switch number {
      case ENOSPC, EDQUOT: .full(path: path)
      default:
        .inaccessible(path: path, reason: String(cString: strerror(number)).lowercased())
      }
  }

  private init(_ fault: ContentFault, path: String) {
    self =
      switch fault {
      case .newer: .newer(path: path)
      case .foreign: .corrupt(path: path, reason: "it is a database of another program")
      case .unreadable(let request):
        .corrupt(path: path, reason: "the request \"\(request)\" cannot be read")
      }
  }

  private init(_ error: DatabaseError, path: String) {
    // The message only: the description has the statement, which says nothing to operators.
    let reason = error.message ?? "SQLite's error \(error.extendedResultCode.rawValue)"
    if error.extendedResultCode == .SQLITE_IOERR_SHMSIZE {
      self = .full(path: path)
      return
    }
    self =
      switch error.resultCode {
      case .SQLITE_FULL: .full(path: path)
      case .SQLITE_BUSY, .SQLITE_LOCKED, .SQLITE_PROTOCOL: .busy(path: path)
      // A table that is missing or refuses a value comes as a plain error.
      case .SQLITE_CORRUPT, .SQLITE_NOTADB, .SQLITE_FORMAT, .SQLITE_ERROR, .SQLITE_CONSTRAINT,
        .SQLITE_MISMATCH, .SQLITE_SCHEMA:
        .corrupt(path: path, reason: reason)
      default: .inaccessible(path: path, reason: reason)
      }
  }
}
