// The files of the top-level folders themes/ and sample-data/, part of the program so that one file
// can be copied to a bastion. The build-tool plugin EmbedResources writes the lists.

/// Files that are part of the program: `themes` and `sampleData`, each sorted by path.
package enum Resources {}

/// The text of one embedded file.
package struct Resource: Hashable, Sendable {
  /// The path below its folder, such as `dark.yaml` or `slos/checkout.yaml`.
  package let path: String
  /// The whole file, byte for byte.
  package let text: String

  /// Makes a resource; the generated lists do.
  package init(path: String, text: String) {
    self.path = path
    self.text = text
  }
}
