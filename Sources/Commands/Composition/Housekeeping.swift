import CMemory

/// Gives memory back while the dashboard runs: the code that only the start needed, and what large
/// answers leave behind.
enum Housekeeping {
  private static let afterStart = Duration.seconds(3)

  /// Forgets the start, once, by real time, whatever the dashboard's clock shows.
  static func run() async {
    guard (try? await Task.sleep(for: afterStart)) != nil else { return }
    bw_forget_code()
    bw_trim_memory()
  }

  /// Gives back what is free, after something large.
  static let tidy: @Sendable () -> Void = { bw_trim_memory() }
}
