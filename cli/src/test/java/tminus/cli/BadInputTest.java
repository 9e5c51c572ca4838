package tminus.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Wrong input gets a message with place, reason and remedy, exit code 2, and leaves nothing
/// behind.
class BadInputTest {

  @TempDir private Path folder;

  private Cli cli = new Cli(Path.of(""));

  @BeforeEach
  void setUp() throws IOException {
    cli = new Cli(folder);
    cli.write("a.md", "# A\n\n- [ ] Touch\n  ```bash\n  touch made-[NAME]\n  ```\n");
    Files.createDirectory(folder.resolve("sub"));
    Files.write(folder.resolve("junk"), new byte[] {0x7f, 'E', 'L', 'F', 0, 1, 2, (byte) 0xff});
    Files.write(folder.resolve("latin1.md"), new byte[] {'-', ' ', (byte) 0xe4, '\n'});
    cli.write("empty.md", "");
    cli.write("prose.md", "# Only words\n\nNothing to tick here.\n");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          plan nosuch.md                        | nosuch.md: there is no such file - check the path
          plan sub                              | sub: is a folder - name the Markdown file in it
          plan junk                             | junk: is not
          plan latin1.md                        | latin1.md: is not UTF-8 text
          plan a.md --param NAMES=x             | parameter NAMES: the document has no such placeholder - did you mean NAME?
          plan a.md --param NAME=x;rm           | parameter NAME: its value (x;rm) would become part of a command
          plan a.md --param NAME=$(id)          | parameter NAME: its value ($(id)) would become part of a command
          plan a.md --param NAME=-rf            | not beginning with a hyphen
          plan a.md --param API_TOKEN=abc       | is a secret by its name
          plan a.md --only Nothing              | no section with steps has 'Nothing' in its heading
          plan a.md --pace 0                    | --pace: 0.0 is not more than 0
          plan a.md --binding nosuch.yaml       | nosuch.yaml: cannot be read
          plan                                  | Missing required parameter: 'FILE'
          run a.md --commands maybe             | --commands: maybe is none of ask, run, never
          run a.md --timeout 0                  | --timeout: 0 is not a number of seconds
          run a.md --detach --timeout 9         | --timeout: with --detach the server says how long a command may take
          run prose.md                          | there is nothing in it to do
          run empty.md                          | there is nothing in it to do
          plann a.md                            | Did you mean: tminus plan
          status                                | there are no runs here - start one with tminus run FILE
          sign anything                         | there are no runs here
          demo --release odd                    | --release: odd is neither good nor faulty
          proxy --slot a=127.0.0.1:1 --weights a=90 | they must add up to 100
          """)
  void isToldWithAWayOut(String line, String message) {
    Cli.Result result = cli.run(line.split(" "));
    assertThat(result.err()).contains(message);
    assertThat(result.code()).isEqualTo(2);
    assertThat(folder.resolve(".tminus")).doesNotExist();
  }

  @Test
  void aFileLargerThanAnyChecklistIsRefusedUnread() throws IOException {
    Path large = folder.resolve("large.md");
    length(large, Limits.DOCUMENT_BYTES_MAX + 1);
    Cli.Result result = cli.run("plan", "large.md");
    assertThat(result.err()).contains("large.md: has 65 MB, and a checklist may have 64");
    assertThat(result.code()).isEqualTo(2);

    // One byte less, and it is read: it is found to be no text.
    length(large, Limits.DOCUMENT_BYTES_MAX);
    assertThat(cli.run("plan", "large.md").err()).contains("large.md: is not text");
  }

  private static void length(Path file, long bytes) throws IOException {
    try (RandomAccessFile large = new RandomAccessFile(file.toFile(), "rw")) {
      large.setLength(bytes);
    }
  }

  @Test
  void aPortInUseIsTold() throws IOException {
    try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      String listen = "127.0.0.1:" + taken.getLocalPort();
      Cli.Result result =
          cli.run(
              "proxy",
              "--listen",
              listen,
              "--admin",
              "127.0.0.1:0",
              "--slot",
              "a=127.0.0.1:1",
              "--weights",
              "a=100");
      assertThat(result.code()).isEqualTo(2);
      assertThat(result.err()).contains(listen, "in use");
    }
  }

  @Test
  void aStoreThatIsAFileIsTold() throws IOException {
    cli.write("store", "not a folder");
    Cli.Result result = cli.run("run", "a.md", "--store", folder.resolve("store").toString());
    assertThat(result.code()).isEqualTo(2);
    assertThat(result.err()).contains("store: cannot be made or written", "--store");
    assertThat(Files.readString(folder.resolve("store"))).isEqualTo("not a folder");
  }

  @Test
  void aJournalThatIsNoneIsToldAndLeftAlone() throws IOException {
    Files.createDirectory(folder.resolve(".tminus"));
    Files.writeString(
        folder.resolve(".tminus/journal.db"),
        "these are notes of somebody, not a database, and they stay");
    Cli.Result result = cli.run("run", "a.md");
    assertThat(result.code()).isEqualTo(2);
    assertThat(result.err()).contains("journal.db: cannot be opened");
    assertThat(Files.readString(folder.resolve(".tminus/journal.db")))
        .startsWith("these are notes");
  }
}
