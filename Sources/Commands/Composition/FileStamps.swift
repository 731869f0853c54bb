import Foundation

/// What files and the directories that hold them looked like: differs once one was changed, added or
/// removed.
struct FileStamps: Hashable, Sendable {
  private struct Stamp: Hashable {
    let modified: Date?
    let size: Int?
    let number: Int?
  }

  private let stamps: [String: Stamp]

  /// Looks at files; those that are missing count as such.
  init(of paths: [String]) {
    let directories = paths.map { ($0 as NSString).deletingLastPathComponent }
      .map { $0.isEmpty ? "." : $0 }
    stamps = Dictionary(
      Set(paths + directories).map { ($0, FileStamps.stamp(of: $0)) },
      uniquingKeysWith: { first, _ in first })
  }

  private static func stamp(of path: String) -> Stamp {
    let found = try? FileManager.default.attributesOfItem(atPath: path)
    return Stamp(
      modified: found?[.modificationDate] as? Date,
      size: (found?[.size] as? NSNumber)?.intValue,
      number: (found?[.systemFileNumber] as? NSNumber)?.intValue)
  }
}
