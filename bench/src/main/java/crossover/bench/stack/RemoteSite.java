package crossover.bench.stack;

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

  private RemoteSite(Ssh ssh, RemoteHost host) {
    this.ssh = ssh;
    this.host = host;
    this.folder = new RemoteFolder(ssh, host.folder());
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
    RemoteHost host = RemoteHost.inspect(ssh, folder);
    host.java(OLDEST_JAVA);
    RemoteSite site = new RemoteSite(ssh, host);
    Map<String, Path> files = files(tomcat, conf, war);
    List<String> changed = site.folder.changed(files);
    site.folder.send(files, changed, host.freeBytes());
    site.forgetUnpacked(changed);
    return site;
  }

  static Map<String, Path> files(Path tomcat, Path conf, Path war) {
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
    Map<String, String> all = new TreeMap<>(settings);
    all.putAll(RemoteTomcat.managed(managementPort));
    String arguments = RemoteTomcat.arguments(folder.path(), java.version(), jvmOptions, all, port);
    return RemoteTomcat.start(ssh, folder, name, java.path(), arguments, port, managementPort);
  }

  /** Removes everything from the host. */
  public void remove() {
    folder.remove();
  }
}
