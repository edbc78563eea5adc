package dev.vibecoder.inngest.examples.hello;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.BufferedReader;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.SocketException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(90)
class StartScriptTest {
  private static final String SCRIPT = "scripts/start-inngest.sh";

  @Test
  void shellCheckFindsNothing() throws Exception {
    Tool.Outcome outcome = Tool.run(Map.of(), Tool.require("shellcheck"), SCRIPT, ".ci/run");
    assertThat(outcome.output()).isEmpty();
    assertThat(outcome.status()).isZero();
  }

  @Test
  void explainsItself() throws Exception {
    Tool.Outcome help = Tool.run(Map.of(), Tool.require("bash"), SCRIPT, "--help");
    assertThat(help.status()).isZero();
    assertThat(help.output()).contains("--auto", "--cli", "INNGEST_DEV_PORT");
    Tool.Outcome unknown = Tool.run(Map.of(), "bash", SCRIPT, "--nonsense");
    assertThat(unknown.status()).isEqualTo(2);
    assertThat(unknown.output()).contains("unknown option --nonsense");
  }

  @Test
  void namesABusyPortAndOffersFreeOnes() throws Exception {
    Tool.require("bash");
    try (ServerSocket busy = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      String port = String.valueOf(busy.getLocalPort());
      Tool.Outcome outcome =
          Tool.run(Map.of("INNGEST_DEV_PORT", port, "INNGEST_CONNECT_PORT", "1"), "bash", SCRIPT);
      assertThat(outcome.status()).isEqualTo(1);
      assertThat(outcome.output()).contains("Port " + port + " is held by", "--auto");
    }
  }

  @Test
  void refusesWhatIsNoPort() throws Exception {
    Tool.Outcome outcome =
        Tool.run(Map.of("INNGEST_DEV_PORT", "nine"), Tool.require("bash"), SCRIPT);
    assertThat(outcome.status()).isEqualTo(2);
    assertThat(outcome.output()).contains("INNGEST_DEV_PORT is \"nine\", which is no port");
  }

  /** A project of its own: the script, and programs that only say how they were called. */
  private record Project(Path folder) {
    static Project in(Path folder) throws IOException {
      Files.createDirectories(folder.resolve("scripts"));
      Files.copy(Tool.PROJECT.resolve(SCRIPT), folder.resolve(SCRIPT));
      Files.createDirectories(folder.resolve("runtime/src/main"));
      Files.createDirectories(folder.resolve("devserver/src/main"));
      Files.createDirectories(folder.resolve("devserver/target"));
      Files.createDirectories(folder.resolve("bin"));
      Project project = new Project(folder);
      project.file("devserver/target/inngest-devserver.jar", "");
      for (String program : List.of("java", "npx", "mvn")) {
        project.program(program, "echo called: " + program + " \"$@\"");
      }
      return project;
    }

    void file(String name, String text) throws IOException {
      Files.writeString(folder.resolve(name), text);
    }

    void program(String name, String script) throws IOException {
      Path program = folder.resolve("bin").resolve(name);
      Files.writeString(program, "#!/bin/sh\n" + script + "\n");
      Files.setPosixFilePermissions(program, PosixFilePermissions.fromString("rwxr-xr-x"));
    }

    Map<String, String> environment(String port, String connectPort) {
      return Map.of(
          "PATH", folder.resolve("bin") + ":" + System.getenv("PATH"),
          "INNGEST_DEV_PORT", port,
          "INNGEST_CONNECT_PORT", connectPort);
    }

    Tool.Outcome start(String port, String connectPort, String... options) throws Exception {
      List<String> command = new ArrayList<>(List.of(Tool.require("bash"), SCRIPT));
      command.addAll(List.of(options));
      return Tool.run(folder, environment(port, connectPort), command.toArray(String[]::new));
    }
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }

  @Test
  void takesPortsFromTheFileUnlessTheEnvironmentHasThem(@TempDir Path folder) throws Exception {
    Project project = Project.in(folder);
    int port = freePort();
    int other = freePort();
    int connect = freePort();
    project.file(
        ".env",
        "# ports\nexport INNGEST_DEV_PORT=\""
            + port
            + "\"\nINNGEST_CONNECT_PORT="
            + connect
            + "\n");

    assertThat(project.start("", "").output())
        .contains("http://localhost:" + port)
        .contains("--port " + port + " --connect-gateway-port " + connect);
    assertThat(project.start(String.valueOf(other), "").output())
        .contains("--port " + other + " --connect-gateway-port " + connect);
  }

  @Test
  void takesTheNextFreePortsWhenItMay(@TempDir Path folder) throws Exception {
    Project project = Project.in(folder);
    try (ServerSocket busy = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      String port = String.valueOf(busy.getLocalPort());
      Tool.Outcome outcome = project.start(port, String.valueOf(freePort()), "--auto");

      assertThat(outcome.status()).isZero();
      Matcher taken =
          Pattern.compile("--port (\\d+) --connect-gateway-port (\\d+)").matcher(outcome.output());
      assertThat(taken.find()).isTrue();
      assertThat(Integer.parseInt(taken.group(1))).isGreaterThan(busy.getLocalPort());
      assertThat(Integer.parseInt(taken.group(2))).isEqualTo(Integer.parseInt(taken.group(1)) + 1);
    }
  }

  @Test
  void seesAPortThatIsBusyOnTheOtherLoopbackAddressOnly(@TempDir Path folder) throws Exception {
    try (ServerSocket busy = new ServerSocket()) {
      try {
        byte[] address = new byte[16];
        address[15] = 1;
        busy.bind(new InetSocketAddress(InetAddress.getByAddress(address), 0));
      } catch (SocketException noSuchProtocolHere) {
        busy.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
      }
      String port = String.valueOf(busy.getLocalPort());
      Tool.Outcome outcome = Project.in(folder).start(port, String.valueOf(freePort()));
      assertThat(outcome.status()).isEqualTo(1);
      assertThat(outcome.output()).contains("Port " + port + " is held by");
    }
  }

  @Test
  void startsTheRealServerWithItsOwnOptionsInAVersionThatIsKnown(@TempDir Path folder)
      throws Exception {
    int port = freePort();
    int connect = freePort();
    Tool.Outcome outcome =
        Project.in(folder)
            .start(String.valueOf(port), String.valueOf(connect), "--cli", "--", "-u", "http://x");
    assertThat(outcome.output())
        .containsPattern("called: npx --yes inngest-cli@\\d+\\.\\d+\\.\\d+ dev --port " + port)
        .contains("--connect-gateway-port " + connect + " --no-discovery -u http://x");
  }

  @ParameterizedTest
  @ValueSource(strings = {"--port", "-p", "--port=9", "--connect-gateway-port", "--gateway-port=1"})
  void refusesPortsThatItWouldNotKnowOf(String option, @TempDir Path folder) throws Exception {
    Tool.Outcome outcome = Project.in(folder).start("", "", "--", option, "9");
    assertThat(outcome.status()).isEqualTo(2);
    assertThat(outcome.output()).contains("INNGEST_DEV_PORT", option);
  }

  @Test
  void buildsTheServerAgainOnlyWhenASourceIsNewer(@TempDir Path folder) throws Exception {
    Project project = Project.in(folder);
    String port = String.valueOf(freePort());
    String connect = String.valueOf(freePort());
    assertThat(project.start(port, connect).output()).doesNotContain("called: mvn");

    project.file("runtime/src/main/Newer.java", "");
    FileTime later = FileTime.from(Instant.now().plusSeconds(60));
    Files.setLastModifiedTime(folder.resolve("runtime/src/main/Newer.java"), later);

    assertThat(project.start(port, connect).output())
        .contains("Building", "called: mvn -q -pl devserver -am package -DskipTests");
  }

  @Test
  void startsTheEmbeddedServer(@TempDir Path folder) throws Exception {
    Project project = Project.in(folder);
    String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
    String classes = System.getProperty("java.class.path");
    // The classes under test in place of the jar, which is not built yet when tests run alone.
    project.program(
        "java",
        "shift 2; exec '"
            + java
            + "' -cp '"
            + classes
            + "' dev.vibecoder.inngest.devserver.cli.Main \"$@\"");
    int port = freePort();
    ProcessBuilder builder =
        new ProcessBuilder(Tool.require("bash"), SCRIPT)
            .directory(folder.toFile())
            .redirectErrorStream(true);
    builder
        .environment()
        .putAll(project.environment(String.valueOf(port), String.valueOf(freePort())));
    Process process = builder.start();
    try (BufferedReader output = process.inputReader(StandardCharsets.UTF_8)) {
      // The last line of the server, which it prints once it listens.
      assertThat(output.lines().anyMatch(line -> line.contains("start them with INNGEST_DEV=")))
          .isTrue();
      JsonNode health = Stage.get(URI.create("http://localhost:" + port + "/health"));
      assertThat(health.path("status").asInt()).isEqualTo(200);
    } finally {
      process.destroy();
      assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
    }
  }
}
