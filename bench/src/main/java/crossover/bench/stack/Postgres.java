package crossover.bench.stack;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/**
 * A PostgreSQL of the run's own, on the loopback interface, in a folder that goes with it. As in
 * production, fsync and synchronous_commit are on.
 *
 * @param pid the first process; those that serve connections are its children
 */
record Postgres(long pid, Database database) {
  private static final Duration START_LIMIT = Duration.ofMinutes(3);
  private static final String OWNER = "crossover";
  // Four arms with two pools of 64 each, as in concurrency.yaml, and room for more.
  private static final int MAX_CONNECTIONS = 800;

  /**
   * Starts the server and creates the empty database {@code crossover}.
   *
   * @param stack owns it
   * @throws StartFailure with the end of the server's log
   */
  static Postgres start(Installation installation, Stack stack) {
    Path programs = PostgresPrograms.unpackedIn(installation.unpacked());
    Path directory = stack.own(TempDirectory.create(stack.watchdog(), "postgresql")).path();
    Path log = directory.resolve("log");
    Path data = directory.resolve("data");
    String password = UUID.randomUUID().toString();
    try {
      Files.createDirectory(data);
      List<String> prefix = Unprivileged.prefixFor(data);
      initialise(prefix, programs, directory, password, log, stack.watchdog());
      int port = Ports.free();
      ChildProcess process =
          stack.own(
              new Launch("PostgreSQL", command(prefix, programs, data, port))
                  .log(log)
                  .cores(stack.cpus().others())
                  .stopSignal("INT") // "fast": does not wait for clients to leave
                  .start(stack.watchdog()));
      String server = "jdbc:postgresql://127.0.0.1:" + port + "/";
      createDatabase(process, new Database(server + "postgres", "postgres", password));
      return new Postgres(process.pid(), new Database(server + OWNER, OWNER, OWNER));
    } catch (IOException | SQLException e) {
      throw new StartFailure("cannot prepare PostgreSQL", e);
    }
  }

  private static void initialise(
      List<String> prefix,
      Path programs,
      Path directory,
      String password,
      Path log,
      Watchdog watchdog)
      throws IOException {
    Path passwordFile = Files.writeString(directory.resolve("password"), password + "\n", UTF_8);
    List<String> command = new ArrayList<>(prefix);
    command.addAll(
        List.of(
            programs.resolve("bin/initdb").toString(),
            "--pgdata=" + directory.resolve("data"),
            "--username=postgres",
            "--auth=scram-sha-256",
            "--pwfile=" + passwordFile,
            "--encoding=UTF8",
            "--locale=C",
            "--no-sync",
            "--no-instructions"));
    if (prefix.contains("setpriv")) {
      Files.setAttribute(passwordFile, "unix:uid", 65534);
    }
    try (ChildProcess initdb = new Launch("initdb", command).log(log).start(watchdog)) {
      boolean ended = Await.until(() -> !initdb.isAlive(), Duration.ofMillis(20), START_LIMIT);
      if (!ended || initdb.process().exitValue() != 0) {
        throw initdb.failure("of PostgreSQL failed");
      }
    } finally {
      Files.delete(passwordFile);
    }
  }

  private static List<String> command(List<String> prefix, Path programs, Path data, int port) {
    List<String> command = new ArrayList<>(prefix);
    command.addAll(List.of(programs.resolve("bin/postgres").toString(), "-D", data.toString()));
    for (String setting : settings(port)) {
      command.add("-c");
      command.add(setting);
    }
    return command;
  }

  private static List<String> settings(int port) {
    return List.of(
        "listen_addresses=127.0.0.1",
        "port=" + port,
        "unix_socket_directories=",
        "max_connections=" + MAX_CONNECTIONS,
        "fsync=on",
        "synchronous_commit=on");
  }

  private static void createDatabase(ChildProcess process, Database maintenance)
      throws SQLException {
    try (Connection connection = firstConnection(process, maintenance);
        Statement statement = connection.createStatement()) {
      statement.execute("CREATE ROLE " + OWNER + " LOGIN PASSWORD '" + OWNER + "'");
      statement.execute("CREATE DATABASE " + OWNER + " OWNER " + OWNER);
    }
  }

  private static Connection firstConnection(ChildProcess process, Database maintenance) {
    return Await.answer(
            () -> {
              try {
                return Optional.of(maintenance.connect());
              } catch (SQLException e) {
                if (!process.isAlive()) {
                  throw process.failure("ended while it was starting");
                }
                return Optional.empty();
              }
            },
            Duration.ofMillis(50),
            START_LIMIT)
        .orElseThrow(
            () ->
                process.failure(
                    "did not accept a connection within " + START_LIMIT.toSeconds() + " s"));
  }
}
