package crossover.bench.cli;

import static java.nio.charset.StandardCharsets.UTF_8;

import crossover.bench.experiment.Arm;
import crossover.bench.experiment.Definition;
import crossover.bench.experiment.Range;
import crossover.bench.experiment.UsageException;
import crossover.bench.experiment.View;
import crossover.bench.load.Crowd;
import crossover.bench.load.PlanCheck;
import crossover.bench.stack.Cpus;
import crossover.bench.stack.Database;
import crossover.bench.stack.Installation;
import crossover.bench.stack.Jdk;
import crossover.bench.stack.Jdks;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.file.Path;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.regex.Matcher;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Option;

/** The options of every command that starts servers. */
final class ServerOptions {
  @Option(
      names = "--java",
      paramLabel = "DIR",
      description =
          "The JDK to use. Without it: the newest found in JAVA_HOME, on the PATH or in the usual"
              + " folders.")
  private Path java;

  @ArgGroup(exclusive = false)
  private ExternalDatabase database;

  @Option(
      names = "--redis-url",
      paramLabel = "URL",
      description =
          "A Redis that already runs, such as redis://localhost:6379, in place of an own.")
  private URI redis;

  @Option(
      names = "--redis-password",
      interactive = true,
      prompt = "Password of Redis: ",
      arity = "0..1",
      paramLabel = "TEXT",
      defaultValue = "${env:CROSSOVER_REDIS_PASSWORD:-}",
      description =
          "Its password (default: the environment variable CROSSOVER_REDIS_PASSWORD, or none);"
              + " asked for without TEXT. Options can also stand in a file that only you can read:"
              + " crossover run @FILE.")
  private String redisPassword;

  @Option(
      names = "--no-pin",
      description =
          "Let the kernel place the processes. Without it the server has cores of its own, where"
              + " there are two or more and taskset is installed.")
  private boolean noPin;

  @Option(
      names = "--plugins",
      paramLabel = "DIR",
      description = "A folder of jars with the JMeter plugins that the plans need.")
  private Path plugins;

  static final class ExternalDatabase {
    @Option(
        names = "--jdbc-url",
        required = true,
        paramLabel = "URL",
        description =
            "A PostgreSQL that already runs, such as jdbc:postgresql://localhost:5432/crossover,"
                + " in place of an own.")
    private String url;

    @Option(
        names = "--jdbc-user",
        paramLabel = "NAME",
        defaultValue = "crossover",
        description = "Its user (default: ${DEFAULT-VALUE}).")
    private String user;

    @Option(
        names = "--jdbc-password",
        interactive = true,
        prompt = "Password of PostgreSQL: ",
        arity = "0..1",
        paramLabel = "TEXT",
        defaultValue = "${env:CROSSOVER_JDBC_PASSWORD:-crossover}",
        description =
            "Its password (default: the environment variable CROSSOVER_JDBC_PASSWORD, or"
                + " crossover); asked for without TEXT. Other users of this machine can see options"
                + " in its list of processes, but not the variable.")
    private String password;
  }

  Jdk jdk() {
    if (java == null) {
      return Jdks.newest();
    }
    return Jdks.at(java)
        .orElseThrow(
            () ->
                new UsageException(
                    "--java names "
                        + java
                        + ", and no JDK is there (a folder with bin/java and a release file), but: "
                        + Jdks.found()));
  }

  Cpus cpus() {
    return noPin ? Cpus.free() : Cpus.halves();
  }

  Optional<Database> database() {
    return Optional.ofNullable(database)
        .map(named -> new Database(named.url, named.user, named.password));
  }

  Optional<Path> plugins() {
    return Optional.ofNullable(plugins);
  }

  /** Refuses what the load generator could not do, before anything is started. */
  void requireLoad(Definition definition, Installation installation, int machines) {
    installation.requireAll();
    if (machines == 0 || definition.servesHere()) {
      Crowd.require(definition.users().getMax(), machines == 0);
    }
    PlanCheck.require(
        definition.views().stream().map(View::plan).toList(),
        definition.measurement().asPlanned()
            ? OptionalInt.empty()
            : OptionalInt.of(definition.users().getMin()),
        machines,
        definition.arms().stream().allMatch(Arm::isCounted),
        installation.jmeter(),
        plugins());
  }

  Optional<URI> redis() {
    if (redis != null && redis.getPort() >= 0) {
      Range.PORT.require("the port of --redis-url", redis.getPort());
    }
    return Optional.ofNullable(redis).map(this::withPassword);
  }

  /** A password inside of the URL would be visible to all users of this machine. */
  private URI withPassword(URI url) {
    if (redisPassword.isEmpty() || url.getHost() == null) {
      return url;
    }
    String given = url.getRawUserInfo() == null ? "" : url.getRawUserInfo();
    String password = URLEncoder.encode(redisPassword, UTF_8).replace("+", "%20");
    String user = Matcher.quoteReplacement(given.split(":", 2)[0] + ":" + password);
    return URI.create(url.toString().replaceFirst("//([^/@]*@)?", "//" + user + "@"));
  }
}
