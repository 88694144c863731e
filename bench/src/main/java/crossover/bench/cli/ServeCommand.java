package crossover.bench.cli;

import crossover.bench.experiment.Arm;
import crossover.bench.experiment.Range;
import crossover.bench.experiment.UsageException;
import crossover.bench.stack.Installation;
import crossover.bench.stack.Jdk;
import crossover.bench.stack.Ports;
import crossover.bench.stack.Stack;
import crossover.bench.stack.StartFailure;
import crossover.bench.stack.Tomcat;
import crossover.bench.text.Secrets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** The stack of an experiment with one Tomcat, to look at and to load by hand. */
@Command(
    name = "serve",
    mixinStandardHelpOptions = true,
    description = "Starts PostgreSQL, Redis and one Tomcat with the WAR, and serves until Ctrl-C.")
final class ServeCommand implements Callable<Integer> {
  private static final String VIRTUAL = "crossover.http.virtualThreads";

  @Option(
      names = "--port",
      defaultValue = "8080",
      description = "The HTTP port on 127.0.0.1 (default: ${DEFAULT-VALUE}).")
  private int port;

  @Option(names = "--virtual-threads", description = "Serve on virtual threads (JDK 21 or later).")
  private boolean virtualThreads;

  @Mixin private WarOptions war;

  @Mixin private ServerOptions servers;

  @Override
  public Integer call() throws InterruptedException {
    Range.PORT.require("--port", port);
    Installation installation = Installation.find();
    Arm arm = war.arm(Map.of(VIRTUAL, String.valueOf(virtualThreads)));
    if (virtualThreads && !Boolean.parseBoolean(arm.settings().get(VIRTUAL))) {
      throw new UsageException("--virtual-threads contradicts --set " + VIRTUAL + ": name one");
    }
    Path served = arm.war().orElse(installation.war());
    Jdk jdk = servers.jdk();
    if (virtualThreads && jdk.version() < 21) {
      throw new UsageException(
          "virtual threads need JDK 21 or later, and " + jdk.home() + " is " + jdk.fullVersion());
    }
    Ports.requireFree(port);
    try (Stack stack =
        Stack.open(
            installation,
            servers.cpus(),
            servers.database().orElse(null),
            servers.redis().orElse(null))) {
      Tomcat server =
          stack.launch("serve", served, arm.tomcatMajor(), jdk, List.of(), arm.settings(), port);
      server.awaitReady(arm.readyPath(), arm.highestReady(), arm.startLimit());
      stack.own(Serving.at(installation, port));
      System.out.println("serving on " + server.url("/") + " with JDK " + jdk.fullVersion());
      String backends = "database " + stack.database().url() + ", Redis " + stack.redis();
      System.out.println(Secrets.masked(backends));
      System.out.println("stop with Ctrl-C");
      while (server.isAlive()) {
        Thread.sleep(500);
      }
      throw new StartFailure("Tomcat has ended" + server.lastLines());
    }
  }
}
