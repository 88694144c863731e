package crossover.bench.remote;

import static crossover.bench.text.Text.format;

import crossover.bench.probe.Machine;
import crossover.bench.stack.ChildProcess;
import crossover.bench.stack.Installation;
import crossover.bench.stack.StartFailure;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * A machine that SSH reaches and that makes load: Crossover's classes, JMeter and the plans in a
 * folder of its own, which {@link #close} removes.
 */
public final class LoadHost implements AutoCloseable {
  private static final String FOLDER = "crossover-engine-";

  private final Ssh ssh;
  private final RemoteHost host;
  private final RemoteFolder folder;
  private final Map<String, String> plans = new HashMap<>();

  private LoadHost(Ssh ssh, RemoteHost host) {
    this.ssh = ssh;
    this.host = host;
    this.folder = new RemoteFolder(ssh, host.folder());
  }

  /**
   * Checks the host and brings the files there that are missing or different.
   *
   * @param number its own among the load machines of a run: two may be one host
   * @param plans the JMeter plans that will be run
   * @throws StartFailure if the host does not fit or the connection is cut
   */
  public static LoadHost prepare(Ssh ssh, int number, Installation installation, List<Path> plans) {
    LoadHost made = new LoadHost(ssh, RemoteHost.inspect(ssh, FOLDER + number));
    made.host.java(AgentHost.OLDEST_JAVA);
    Map<String, Path> files = new TreeMap<>();
    RemoteFolder.collect(installation.jmeter().resolve("lib"), "jmeter/lib", files);
    RemoteFolder.collect(installation.jmeter().resolve("bin"), "jmeter/bin", files);
    RemoteFolder.collect(installation.libraries(), "lib", files);
    files
        .keySet()
        .removeIf(file -> file.startsWith("lib/") && !file.startsWith("lib/HdrHistogram"));
    files.put("bench.jar", installation.jar());
    for (Path plan : plans) {
      String name = "plans/" + made.plans.size() + "-" + plan.getFileName();
      files.put(name, plan);
      made.plans.put(plan.toString(), made.folder.path() + "/" + name);
    }
    List<String> changed = made.folder.changed(files);
    made.folder.send(files, changed, made.host.freeBytes());
    return made;
  }

  /**
   * Starts a Java program there whose standard input and output are pipes to here, and which has to
   * end when its input does.
   *
   * @param arguments of {@code java}, in the folder
   */
  public ChildProcess start(String name, List<String> arguments) {
    return ssh.start(
        name + " on " + ssh.destination(),
        format(
            "cd %s && exec %s %s",
            Ssh.quote(folder.path()),
            Ssh.quote(host.java(AgentHost.OLDEST_JAVA).path()),
            arguments.stream().map(Ssh::quote).collect(Collectors.joining(" "))));
  }

  /** Where a plan of this machine is there. */
  public String plan(String here) {
    return plans.get(here);
  }

  public Machine machine() {
    try (AgentConnection connection =
        AgentConnection.open(
            ssh, folder.path(), host.java(AgentHost.OLDEST_JAVA).path(), "bench.jar:lib/*")) {
      return connection.agent().machine();
    }
  }

  /** Whether it is reached over this machine's loopback interface, and so is this machine. */
  public boolean isHere() {
    return ssh.isLoopback();
  }

  @Override
  public void close() {
    folder.remove();
  }
}
