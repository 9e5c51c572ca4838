package tminus.examples.shop;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// The shop as a process of its own, as a deployment starts and ends it.
@Timeout(60)
class ShopProcessTest {

  private final List<Process> started = new ArrayList<>();

  @AfterEach
  void endAll() {
    started.forEach(Process::destroyForcibly);
  }

  @Test
  void ends_with_code_0_when_told_to() throws Exception {
    Process shop = start("--port 0 --version v1.0.0");
    assertThat(firstLine(shop)).matches("shop v1.0.0 listens on http://127.0.0.1:\\d+/");

    shop.destroy();

    assertThat(shop.waitFor()).isZero();
  }

  @Test
  void ends_with_code_1_when_it_crashes() throws Exception {
    Process onStart = start("--port 0 --version v1.1.0 --fault crash-on-start");
    assertThat(onStart.waitFor()).isEqualTo(1);
    assertThat(errors(onStart)).contains("the column 'gift_note' is missing").contains("\tat ");

    Process later = start("--port 0 --version v1.1.0 --fault crash-after=10ms");
    assertThat(later.waitFor()).isEqualTo(1);
    assertThat(errors(later)).contains("the connection pool is used up");
  }

  @Test
  void ends_with_code_2_and_the_usage_when_the_arguments_are_wrong() throws Exception {
    Process shop = start("--port 0");

    assertThat(shop.waitFor()).isEqualTo(2);
    assertThat(errors(shop))
        .startsWith("--version: is missing - give it a value")
        .contains("usage: java -cp shop.jar");
  }

  @Test
  void ends_when_the_process_it_belongs_to_is_gone() throws Exception {
    Process owner = start("--port 0 --version v1.0.0");
    firstLine(owner);
    Process shop = start("--port 0 --version v1.1.0 --exit-with " + owner.pid());
    firstLine(shop);
    assertThat(shop.isAlive()).isTrue();

    owner.destroyForcibly();

    assertThat(shop.waitFor()).isZero();
  }

  private Process start(String arguments) throws IOException, URISyntaxException {
    var command =
        new ArrayList<String>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-cp",
                Path.of(Shop.class.getProtectionDomain().getCodeSource().getLocation().toURI())
                    .toString(),
                Shop.class.getName()));
    command.addAll(List.of(arguments.split(" ")));
    Process process = new ProcessBuilder(command).start();
    started.add(process);
    return process;
  }

  private static String firstLine(Process process) throws IOException {
    BufferedReader output = process.inputReader();
    return String.valueOf(output.readLine());
  }

  private static String errors(Process process) throws IOException {
    return new String(process.getErrorStream().readAllBytes(), StandardCharsets.UTF_8);
  }
}
