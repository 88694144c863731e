package crossover.bench.remote;

import crossover.bench.experiment.PiProfile;
import crossover.bench.stack.Ports;
import crossover.bench.stack.StartFailure;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * A host reached over SSH, with Tomcat and an application's files in a folder of its own: the place
 * where arms are measured one after another. Nothing runs there until a {@link RemoteTomcat} is
 * started; {@link #remove} leaves nothing.
 */
public final class RemoteSite {
  /** The folder of measurements, below the home folder; apart from that of a deployment. */
  public static final String FOLDER = "crossover-run";

  private static final int OLDEST_JAVA = 17;

  private final Ssh ssh;
  private final RemoteHost host;
  private final RemoteFolder folder;
  private Map<String, Path> brought = Map.of();

  private RemoteSite(Ssh ssh, RemoteHost host) {
    this.ssh = ssh;
    this.host = host;
    this.folder = new RemoteFolder(ssh, host.folder());
  }

  /**
   * Checks the host, and ends what an earlier run left there.
   *
   * @param folder absolute, or below the home folder
   * @throws StartFailure if the host does not fit or the connection is cut
   */
  public static RemoteSite open(Ssh ssh, String folder) {
    RemoteHost host = RemoteHost.inspect(ssh, folder);
    host.java(OLDEST_JAVA);
    RemoteSite site = new RemoteSite(ssh, host);
    RemoteProcess.stopAll(ssh, site.folder);
    return site;
  }

  /**
   * Checks the host and brings the files there that are missing or different.
   *
   * @param tomcat an unpacked Tomcat
   * @param conf the CATALINA_BASE to start from
   * @param folder absolute, or below the home folder
   * @throws StartFailure if the host does not fit or the connection is cut; the next call goes on
   */
  public static RemoteSite prepare(Ssh ssh, Path tomcat, Path conf, Path war, String folder) {
    RemoteSite site = open(ssh, folder);
    site.bring(files(tomcat, conf, war));
    return site;
  }

  /**
   * Makes the folder there hold these files, by their paths in it, and no others.
   *
   * @throws StartFailure if the disk is full or the connection cut; the next call goes on
   */
  public void bring(Map<String, Path> files) {
    if (files.equals(brought)) {
      return;
    }
    List<String> changed = folder.changed(files);
    folder.send(files, changed, host.freeBytes());
    forgetUnpacked(changed);
    brought = Map.copyOf(files);
  }

  /** The files of a Tomcat that serves an application. */
  public static Map<String, Path> files(Path tomcat, Path conf, Path war) {
    if (!Files.isRegularFile(war)) {
      throw new StartFailure("no WAR at " + war.toAbsolutePath());
    }
    Map<String, Path> files = new TreeMap<>();
    RemoteFolder.collect(tomcat.resolve("lib"), "tomcat/lib", files);
    for (String jar : List.of("bootstrap.jar", "tomcat-juli.jar")) {
      files.put("tomcat/bin/" + jar, tomcat.resolve("bin").resolve(jar));
    }
    RemoteFolder.collect(conf, "base", files);
    files.put("base/webapps/ROOT.war", war);
    return files;
  }

  /** Lays a folder over the configuration among the files. */
  public static void overlay(Path overlay, Map<String, Path> files) {
    RemoteFolder.collect(overlay, "base", files);
  }

  /** Tomcat unpacks a WAR beside it, and would go on serving the old one's files. */
  private void forgetUnpacked(List<String> changed) {
    if (changed.contains("base/webapps/ROOT.war")) {
      ssh.require("clear the old WAR", "rm -rf " + folder.quoted("base/webapps/ROOT") + "\n");
    }
  }

  /** What the host is and has. */
  public RemoteHost host() {
    return host;
  }

  /**
   * Starts a Tomcat there and returns at once.
   *
   * @param name for messages
   * @param leastJava the oldest Java that this arm runs on
   * @param jvmOptions of the JVM, such as {@link PiProfile#JVM_OPTIONS}
   * @param settings system properties of Tomcat's configuration and of the application
   * @throws StartFailure if there is no such Java, or the port is taken
   */
  public RemoteTomcat launch(
      String name, int leastJava, List<String> jvmOptions, Map<String, String> settings, int port) {
    RemoteHost.Java java = host.java(Math.max(OLDEST_JAVA, leastJava));
    int managementPort = Ports.free();
    Map<String, String> all = new TreeMap<>();
    if (ssh.isLoopback()) {
      all.put("crossover.http.address", "127.0.0.1");
    }
    all.putAll(settings);
    all.putAll(RemoteTomcat.managed(managementPort));
    String arguments = RemoteTomcat.arguments(folder.path(), java.version(), jvmOptions, all, port);
    return RemoteTomcat.start(ssh, folder, name, java.path(), arguments, port, managementPort);
  }

  /** Starts PostgreSQL and Redis there; their programs have to be among the files brought. */
  public RemoteBackends startBackends() {
    return RemoteBackends.start(ssh, folder);
  }

  /** Runs a POSIX script on the host and returns what it prints. */
  public String shell(String script) {
    return ssh.run(script).out();
  }

  /** Ports from 18080 on that nobody uses there. */
  public List<Integer> freePorts(int count) {
    return freePorts(ssh, count);
  }

  // Below those that systems give to clients, so that none is taken before it is used.
  static List<Integer> freePorts(Ssh ssh, int count) {
    String script =
        """
        cat /proc/net/tcp /proc/net/tcp6 2>/dev/null | awk -v wanted=%d '
          {split($2, address, ":"); used[address[2]] = 1}
          END {
            for (port = 18080; found < wanted; port++)
              if (!(sprintf("%%04X", port) in used)) {print port; found++}
          }'
        """;
    return ssh.require("find a free port", script.formatted(count))
        .lines()
        .map(Integer::valueOf)
        .toList();
  }

  /** Removes everything from the host. */
  public void remove() {
    folder.remove();
  }
}
