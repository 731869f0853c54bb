import Definitions
import Foundation
import Testing

// Pages in the manner of public collections, written for this project.

@Suite("Pages as people write them")
struct RunbookPageTests {
  @Test("None of their lines is lost", arguments: Pages.all)
  func pages(page: String) throws {
    try ReadPage.expectWhole(page, file: "Page.md")
    let windows = page.split(separator: "\n", omittingEmptySubsequences: false)
      .joined(separator: "\r\n")
    try ReadPage.expectWhole(windows, file: "Windows.md")
  }

  @Test(
    "Large pages of odd signs are read in no time",
    .timeLimit(.minutes(1)),
    arguments: [
      "[", "[a](", "![", "`", "``a", "<", "{{", "{{ x }}", "> ", "- ", "```\n", "*", "http://",
    ])
  func oddSigns(sign: String) {
    let text = String(repeating: sign, count: 100_000)
    let block = "```sh\n\(text)\n"
    for page in [text, block] {
      let loader = Loader(MemoryFileSystem(texts: ["page.md": page]))
      #expect(loader.check(paths: ["page.md"]).count <= 3)
    }
  }
}

private enum Pages {
  static let all = [
    """
    ---
    title: Queue grows
    weight: 20
    ---

    # QueueGrows

    ## Meaning

    The queue of the worker grows for more than ten minutes. <details>
    <summary>More</summary>

    | queue | owner |
    | ----- | ----- |
    | mail  | team post |

    </details>

    ## Diagnosis

    - Look at the consumers via `kubectl -n mail get pods`.
    - Compare the rates:
      - what comes in
      - what goes out, which is more often
        the trouble
    * a star as a sign
    1) a number as a sign

    Run this on the broker, which asks for a password:

    ```shell
    $ QUEUE='<name of the queue>'

    $ brokerctl list \\
        --queue "$QUEUE"
    NAME   LENGTH
    mail   4211
    ```

    ~~~promql
    sum(rate(queue_in_total[5m])) - sum(rate(queue_out_total[5m]))
    ~~~

    ## Mitigation

    > Do not purge the queue.
    >
    > - ask the owner first

    See [the manual
    of the broker](https://broker.example.com/manual(v2)), chapter 3, and [the other page](../other.md).

        an indented line that is code

    [1]: https://broker.example.com/one
    """,
    """
    Certificates
    ============

    Renewal
    -------

    1. Log in:

       ```console
       $ ssh ca.example.com
       Welcome
       ```

       and look around.

    2. Renew:

       ```bash {"name": "renew", "interactive": "true"}
       sudo renew --all
       ```

    - [ ] Tell the team
    - [x] Write it down

    ```yaml
    renewed: true
    ```

    ***

    No language:

    ```
    plain text
    ```

    ``````sh
    cat <<'END'
    ```
    END
    ``````
    """,
  ]
}
