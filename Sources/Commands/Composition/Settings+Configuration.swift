import Dashboard
import Definitions
import Reliability

extension Dashboard.Settings {
  /// What of a configuration the dashboard shows as it is.
  ///
  /// - Parameters:
  ///   - configuration: The configuration in use.
  ///   - name: The file it was read from.
  ///   - title: What the head calls this dashboard; the operator's name by default.
  ///   - themes: The themes that can be chosen.
  ///   - canShowUnicode: Whether the terminal shows more than ASCII.
  init(
    _ configuration: Configuration, named name: String, title: String? = nil, themes: [String],
    canShowUnicode: Bool
  ) {
    let others = configuration.sources.filter { $0.kind != .prometheus }.map(\.name)
    let alerts =
      others.isEmpty
      ? "No alert source is configured; this version reads none yet."
      : "This version does not read alerts yet, so \(others.joined(separator: ", ")) is not asked."
    self.init(
      title: title ?? configuration.identity.name, configurationName: name, themes: themes,
      canShowUnicode: canShowUnicode, showsClock: configuration.interface.showsClock,
      alertsSentence: "\(alerts) Burning SLOs are marked above.",
      onCallSentence: "No rotation is configured; this version reads none yet.")
  }
}
