package tminus.house;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/// Makes a folder that looks like a JDK, whose `java` prints how it was called and, asked for an
/// AOT cache, writes one.
final class FakeJdk {

  private static final String JAVA =
      """
      #!/usr/bin/env bash
      for argument; do
        case $argument in
          -XX:AOTCacheOutput=*) echo cache >"${argument#*=}" ;;
        esac
      done
      echo "$@"
      """;

  private FakeJdk() {}

  static Path make(Path folder, String version) throws IOException {
    Files.createDirectories(folder.resolve("bin"));
    executable(folder.resolve("bin/java"), JAVA);
    executable(folder.resolve("bin/javac"), "");
    Files.writeString(
        folder.resolve("release"),
        "IMPLEMENTOR=\"Nobody\"\nJAVA_RUNTIME_VERSION=\"%s+1\"\nJAVA_VERSION=\"%s\"\n"
            .formatted(version, version));
    return folder;
  }

  static void executable(Path file, String script) throws IOException {
    Files.writeString(file, script);
    if (!file.toFile().setExecutable(true)) {
      throw new IOException(file + ": cannot be made executable");
    }
  }
}
