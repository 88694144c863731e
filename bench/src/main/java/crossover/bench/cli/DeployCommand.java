package crossover.bench.cli;

import crossover.bench.experiment.Arm;
import crossover.bench.experiment.PiProfile;
import crossover.bench.experiment.Range;
import crossover.bench.experiment.SshAddress;
import crossover.bench.experiment.UsageException;
import crossover.bench.remote.Deployment;
import crossover.bench.remote.RemoteHost;
import crossover.bench.remote.Ssh;
import crossover.bench.stack.Installation;
import crossover.bench.stack.Watchdog;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** The application on another machine, such as a Raspberry Pi. */
@Command(
    name = "deploy",
    mixinStandardHelpOptions = true,
    description =
        "Installs Tomcat and the WAR on a host that SSH reaches, with settings for a board of 1 GB,"
            + " and starts it. Once more, it sends only what has changed.",
    footer = {
      "",
      "The host needs Linux, Java 17 or later, and a PostgreSQL and a Redis that it can reach; see"
          + " docs/pi.md."
    })
final class DeployCommand implements Callable<Integer> {
  @Parameters(
      paramLabel = "USER@HOST",
      description = "As one would type it after ssh; with :port if need be.")
  private String destination;

  @Option(names = "--undeploy", description = "Stop it there, and remove everything.")
  private boolean undeploy;

  @Option(
      names = "--port",
      defaultValue = "8080",
      description = "The HTTP port there (default: ${DEFAULT-VALUE}).")
  private int port;

  @Option(
      names = "--folder",
      paramLabel = "DIR",
      defaultValue = Deployment.FOLDER,
      description = "Where, absolute or in the home folder there (default: ${DEFAULT-VALUE}).")
  private String folder;

  @Mixin private WarOptions war;

  @Option(
      names = "--jvm",
      paramLabel = "OPTION",
      description = "An option of the JVM, in place of those for 1 GB; may be repeated.")
  private List<String> jvmOptions = PiProfile.JVM_OPTIONS;

  @Option(
      names = "--ssh",
      paramLabel = "COMMAND",
      split = " ",
      defaultValue = "ssh",
      description = "The OpenSSH client with its options (default: ${DEFAULT-VALUE}).")
  private List<String> ssh;

  @Override
  public Integer call() {
    Range.PORT.require("--port", port);
    SshAddress address = SshAddress.require("USER@HOST", destination);
    Arm arm = war.arm(PiProfile.SETTINGS);
    arm.war().filter(Files::isDirectory).ifPresent(DeployCommand::refuseFolder);
    try (Watchdog watchdog = Watchdog.open();
        Ssh host = Ssh.connect(address.destination(), address.client(ssh), watchdog)) {
      if (undeploy) {
        boolean there = Deployment.undeploy(host, folder);
        System.out.println(destination + (there ? ": removed" : ": nothing was deployed there"));
        return ExitStatus.DONE;
      }
      Deployment deployment = Deployment.deploy(host, spec(arm, Installation.find()));
      RemoteHost board = deployment.host();
      System.out.printf(
          Locale.ROOT,
          "%s: %s, %d cores, %d MB; %d files sent, %s%n%s%n",
          destination,
          board.architecture(),
          board.cores(),
          board.memoryBytes() >> 20,
          deployment.sent().size(),
          deployment.restarted() ? "started" : "nothing had changed",
          deployment.url());
      return ExitStatus.DONE;
    }
  }

  private static void refuseFolder(Path war) {
    throw new UsageException("--war names " + war + ", a folder: deploy sends a WAR file");
  }

  private Deployment.Spec spec(Arm arm, Installation installation) {
    return new Deployment.Spec(
        installation.tomcat(arm.tomcatMajor()),
        installation.tomcatConf(),
        arm.war().orElse(installation.war()),
        jvmOptions,
        arm.settings(),
        port,
        folder,
        arm.readyPath(),
        arm.highestReady(),
        arm.startLimit());
  }
}
