import Foundation
import PackagePlugin

/// Embeds the files of the top-level folders themes/ and sample-data/ in the target that uses it.
///
/// One program file can then be copied to a bastion and still has its themes and its demo.
///
/// SwiftPM asks a plugin again only when the package's own structure changes, or always under
/// `--disable-build-manifest-caching`. The folders are inputs and the tool lists them itself, so that a
/// new file is embedded nevertheless; a removed one stops the build until Package.swift is touched.
@main
struct EmbedResources: BuildToolPlugin {
  private static let folders = ["themes", "sample-data"]

  func createBuildCommands(context: PluginContext, target: Target) throws -> [Command] {
    let root = context.package.directoryURL
    let output = context.pluginWorkDirectoryURL.appending(path: "Resources+Files.swift")
    return [
      .buildCommand(
        displayName: "Embedding \(Self.folders.joined(separator: " and "))",
        executable: try context.tool(named: "embed-resources").url,
        arguments: [output.path, root.path],
        inputFiles: try Self.folders.flatMap { try tree(root.appending(path: $0)) },
        outputFiles: [output])
    ]
  }

  /// A folder and everything in it.
  private func tree(_ folder: URL) throws -> [URL] {
    let target = folder.resolvingSymlinksInPath().path
    let paths = try FileManager.default.subpathsOfDirectory(atPath: target)
    return [folder] + paths.map { folder.appending(path: $0) }
  }
}
